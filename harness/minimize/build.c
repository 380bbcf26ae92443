/* SPDX-License-Identifier: MIT */
/* build.c: the profile that allows what was found to be needed. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "minimize/trial.h"

static bool allows(uint32_t action)
{
	return action == SCMP_ACT_ALLOW || action == SCMP_ACT_LOG;
}

/* Rules of FROM; ALLOWING: which kind of them. */
static int copy_rules(struct profile *p, const struct profile *from,
	bool allowing, const char *call)
{
	int ret = 0;

	for (size_t i = 0; from && i < from->nrules && !ret; i++) {
		const struct profile_rule *rule = &from->rules[i];

		if (allows(rule->action) == allowing &&
			(!call || !strcmp(call, rule->name)))
			ret = profile_add_rule(p, rule);
	}
	return ret;
}

static int add_use(struct profile *p, const struct minimize_use *u)
{
	struct profile_rule rule = { .action = SCMP_ACT_ALLOW,
		.comment = u->kin,
		.nargs = u->arg >= 0,
		.args[0] = { .arg = (unsigned)u->arg,
			.op = SCMP_CMP_EQ,
			.datum_a = u->value } };

	snprintf(rule.name, sizeof(rule.name), "%s", u->call);
	if (u->arg >= 0 && calls_cuts(u->call, (unsigned)u->arg)) {
		rule.args[0].op = SCMP_CMP_MASKED_EQ;
		rule.args[0].datum_a = UINT32_MAX;
		rule.args[0].datum_b = u->value;
	}
	return profile_add_rule(p, &rule);
}

/* Programs of another architecture than the command's own. */
static void add_arches(struct profile *p, const struct minimize *m)
{
	bool two = false;

	for (size_t i = 1; i < m->uses->n; i++)
		two = two || m->uses->list[i].arch != m->uses->list[0].arch;
	if (!two || p->narches)
		return;
	p->narches = 2;
	p->arches[0] = ARCH_NATIVE;
	p->arches[1] = ARCH_COMPAT;
}

static struct profile *start(const struct minimize *m)
{
	const struct profile *like = m->from ? m->from : m->base;
	struct profile *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	snprintf(p->name, sizeof(p->name), "minimal");
	snprintf(p->where, sizeof(p->where), "minimal");
	p->mode = FILTER_BPF;
	p->default_action = m->refuse;
	if (like) {
		p->flags = like->flags;
		p->narches = like->narches;
		memcpy(p->arches, like->arches, sizeof(p->arches));
	}
	add_arches(p, m);
	return p;
}

static bool is_lifted(
	const struct minimize *m, const bool *keep, const char *call)
{
	for (size_t i = 0; i < m->uses->n; i++)
		if (keep[i] && !strcmp(m->uses->list[i].call, call))
			return true;
	return false;
}

/* The deny list without its rules for calls that are needed. */
static int fill_lifted(
	struct profile *p, const struct minimize *m, const bool *keep)
{
	int ret = 0;

	for (size_t i = 0; i < m->base->nrules && !ret; i++) {
		const struct profile_rule *rule = &m->base->rules[i];

		if (!is_lifted(m, keep, rule->name))
			ret = profile_add_rule(p, rule);
	}
	return ret;
}

static int fill(struct profile *p, const struct minimize *m, const bool *keep)
{
	int ret = copy_rules(p, m->from, true, NULL);

	if (!ret)
		ret = copy_rules(p, m->base ? m->base : m->from, false, NULL);
	for (size_t i = 0; i < m->uses->n && !ret; i++) {
		const struct minimize_use *u = &m->uses->list[i];

		if (!keep[i])
			continue;
		ret = u->as_base ? copy_rules(p, m->base, true, u->call)
				 : add_use(p, u);
	}
	return ret;
}

/* By number, a call has no rule in any form of profile. */
static bool has_names(
	const struct minimize *m, const bool *keep, struct profile_error *err)
{
	for (size_t i = 0; i < m->uses->n; i++) {
		const char *call = m->uses->list[i].call;

		if (!keep[i] || profile_knows_call(call))
			continue;
		snprintf(err->text, sizeof(err->text),
			"minimize: call %s has no name here: no profile can "
			"allow it",
			call);
		return false;
	}
	return true;
}

struct profile *minimize_build(
	const struct minimize *m, const bool *keep, struct profile_error *err)
{
	struct profile *p;

	if (!has_names(m, keep, err))
		return NULL;
	p = start(m);
	if (p && !(m->lift ? fill_lifted(p, m, keep) : fill(p, m, keep)))
		return p;
	profile_free(p);
	snprintf(err->text, sizeof(err->text), "minimize: out of memory");
	return NULL;
}
