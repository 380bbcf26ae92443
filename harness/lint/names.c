/* SPDX-License-Identifier: MIT */
/*
 * names.c: rules for calls that this libseccomp has no name for. Runtimes that
 * build by name leave them out: what they would have said, the default action
 * says otherwise. Pure.
 */
#include "lint/names.h"

#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"

/* Calls of other machines alone, later than libseccomp 2.5.4. */
static bool is_elsewhere(const char *name)
{
	/* arch/riscv/include/uapi/asm/unistd.h, Linux 6.4 */
	return !strcmp(name, "riscv_hwprobe");
}

static bool is_newer(const char *name)
{
	return calls_find(name) || is_elsewhere(name);
}

/* In forms that say calls by number the digits are no name. */
static bool is_number(const struct profile *p, const struct profile_rule *rule)
{
	return !p->by_name && !rule->name[strspn(rule->name, "0123456789")];
}

static bool is_unknown(const struct profile_rule *rule)
{
	return seccomp_syscall_resolve_name(rule->name) == __NR_SCMP_ERROR;
}

/* Without the rule less passes than with it, or as much. minijail has names of
 * its own. */
static bool is_safe(const struct profile *p, const struct profile_rule *rule)
{
	return !p->by_name || !lint_passes(p->default_action) ||
	       lint_passes(rule->action);
}

static struct lint_finding *add(
	struct linter *l, const struct profile_rule *rule, const char *more)
{
	const struct scmp_version *v = seccomp_version();

	return lint_add_at(l, RULE_UNKNOWN, rule,
		"%s: libseccomp %u.%u.%u has no such name%s", rule->name,
		v->major, v->minor, v->micro, more);
}

/* Those that the table has share a cause, an older libseccomp, and a finding:
 * one for all that are safe without their rule, and one for the others. */
struct newer {
	struct lint_finding *f;
	char names[256];
	struct text t;
};

static void check_name(struct linter *l, const struct profile_rule *rule,
	struct newer newer[2])
{
	struct newer *to = &newer[is_safe(l->p, rule)];

	if (is_number(l->p, rule) || !is_unknown(rule))
		return;
	if (!is_newer(rule->name)) {
		add(l, rule,
			", nor has quartet's table of x86 and aarch64: newer "
			"than both, of another architecture, or misspelt");
		return;
	}
	if (to->f) {
		lint_subject(to->f, rule->name);
		text_put(&to->t, ", ");
	} else {
		to->f = add(l, rule, "");
		if (to == &newer[true])
			lint_lower(to->f, LINT_NOTE);
	}
	text_put_shown(&to->t, rule->name);
}

static void tell_newer(struct newer *newer)
{
	const struct scmp_version *v = seccomp_version();

	text_mark_cut(&newer->t);
	if (newer->f)
		snprintf(newer->f->text, sizeof(newer->f->text),
			"%s: libseccomp %u.%u.%u has no such name",
			newer->names, v->major, v->minor, v->micro);
}

void lint_check_names(struct linter *l)
{
	const struct profile *p = l->p;
	struct newer newer[2] = { 0 };

	for (int i = 0; i < 2; i++)
		newer[i].t = text_in(newer[i].names, sizeof(newer[i].names));
	for (size_t i = 0; i < p->nleft && !l->out->lost; i++)
		check_name(l, &p->left[i], newer);
	for (size_t i = 0; i < p->nrules && !l->out->lost; i++)
		check_name(l, &p->rules[i], newer);
	for (int i = 0; i < 2; i++)
		tell_newer(&newer[i]);
}
