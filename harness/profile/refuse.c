/* SPDX-License-Identifier: MIT */
/* refuse.c: what a writer says where its form has no words. */
#include <stdio.h>

#include "profile/rules.h"

int profile_refuse(const struct profile *p, struct profile_place at,
	const char *name, const char *why, struct profile_error *err)
{
	char place[32] = "";

	if (at.line)
		snprintf(place, sizeof(place), ":%d:%d", at.line, at.column);
	snprintf(err->text, sizeof(err->text), "%s%s: %s%s%s", p->where, place,
		name ? name : "", name ? ": " : "", why);
	return -1;
}

int profile_refuse_rule(const struct profile *p,
	const struct profile_rule *rule, const char *why,
	struct profile_error *err)
{
	char place[32] = "";

	if (rule->line)
		snprintf(place, sizeof(place), ":%d:%d", rule->line,
			rule->column);
	snprintf(err->text, sizeof(err->text), "%s%s: %s: %s",
		profile_rule_file(p, rule), place, rule->name, why);
	return -1;
}

int profile_check_rules(const struct profile *p, struct profile_error *err)
{
	const struct profile_place none = { 0 };

	if (!p->ninsns && p->mode == FILTER_BPF)
		return 0;
	return profile_refuse(p, none, NULL,
		p->ninsns ? "has no rules to write: BPF alone"
			  : "has no rules to write: it is built in",
		err);
}

bool profile_kills(uint32_t action)
{
	return action == SCMP_ACT_KILL_THREAD ||
	       action == SCMP_ACT_KILL_PROCESS;
}

bool profile_x32_lives(const struct profile *p)
{
	return p->x32_default && !profile_kills(p->default_action);
}

int profile_check_x32(const struct profile *p, struct profile_error *err)
{
	if (!profile_x32_lives(p))
		return 0;
	return profile_refuse(p, p->of_default, NULL,
		"numbers with the x32 bit meet the default action on "
		"x86-64; libseccomp's filters kill for them",
		err);
}
