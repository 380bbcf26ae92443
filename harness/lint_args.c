/* SPDX-License-Identifier: MIT */
/* lint_args.c: checks of arguments, and rules that change nothing. Pure. */
#include <linux/audit.h>
#include <string.h>

#include "calls.h"
#include "lint_int.h"

/* A value that the filter compares with and refuses, and that bit 32 lets
 * pass; 0 when there is none. */
static uint32_t find_high_bits(const struct linter *l, int nr, unsigned arg)
{
	struct seccomp_data data = { .nr = nr, .arch = l->arch };

	for (size_t i = 0; i < l->bpf->ninsns; i++) {
		const struct sock_filter *f = &l->bpf->insns[i];

		if (BPF_CLASS(f->code) != BPF_JMP || !f->k)
			continue;
		data.args[arg] = f->k;
		if (lint_passes(bpf_run(l->bpf->insns, l->bpf->ninsns, &data)))
			continue;
		data.args[arg] |= (uint64_t)1 << 32;
		if (lint_passes(bpf_run(l->bpf->insns, l->bpf->ninsns, &data)))
			return f->k;
	}
	return 0;
}

static void check_argument(
	struct linter *l, int nr, const char *call, unsigned arg)
{
	uint64_t loads = l->reach[WAY_HOME][nr].loads;
	uint32_t value;

	if (loads & LINT_HIGH(arg) && !(loads & LINT_LOW(arg)))
		lint_add(
			l, RULE_UPPER_HALF, call, "%s, argument %u", call, arg);
	if (loads & LINT_LOW(arg) && !(loads & LINT_HIGH(arg)) &&
		!calls_cuts(call, arg))
		lint_add(
			l, RULE_LOWER_HALF, call, "%s, argument %u", call, arg);
	if (!(loads & LINT_HIGH(arg)) || !calls_cuts(call, arg))
		return;
	value = find_high_bits(l, nr, arg);
	if (value)
		lint_add(l, RULE_HIGH_BITS, call,
			"%s, argument %u: 0x%x is refused, 0x1%08x passes",
			call, arg, value, value);
}

/* On a 32-bit architecture the upper halves are zero: nothing to see. */
void lint_check_arguments(struct linter *l)
{
	if (l->arch == AUDIT_ARCH_I386)
		return;
	for (int nr = 0; nr < LINT_CALLS; nr++)
		for (unsigned arg = 0; arg < PROFILE_ARGS; arg++) {
			char name[64];

			if (!(l->reach[WAY_HOME][nr].loads &
				    (LINT_LOW(arg) | LINT_HIGH(arg))))
				continue;
			calls_name(l->arch, nr, name, sizeof(name));
			check_argument(l, nr, name, arg);
		}
}

static void check_name(struct linter *l, const struct profile_rule *rule)
{
	const struct scmp_version *v = seccomp_version();
	const char *more = "";

	if (seccomp_syscall_resolve_name(rule->name) != __NR_SCMP_ERROR)
		return;
	if (!profile_knows_call(rule->name))
		more = ", nor has quartet: newer than both, or misspelt";
	lint_add_at(l, RULE_UNKNOWN, rule,
		"%s: libseccomp %u.%u.%u has no such name%s", rule->name,
		v->major, v->minor, v->micro, more);
}

/* The first rule for the call of RULE, whatever its arguments; or RULE. */
static const struct profile_rule *first_for_all(
	const struct profile *p, const struct profile_rule *rule)
{
	const struct profile_rule *r = p->rules;

	while (r < rule && (r->nargs || strcmp(r->name, rule->name) != 0))
		r++;
	return r;
}

/* Rules that decide nothing on this architecture. */
static void check_rule(struct linter *l, const struct profile_rule *rule)
{
	const struct bpf_reach *r = lint_reach(l, rule->name);
	const struct profile_rule *first;
	char buf[64];

	if (!r || !r->whole || r->n != 1)
		return;
	if (rule->nargs) {
		lint_add_at(l, RULE_SHADOWED, rule,
			"%s: whatever its arguments, it meets %s", rule->name,
			lint_words(r->verdicts[0], buf, sizeof(buf)));
		return;
	}
	first = first_for_all(l->p, rule);
	if (first < rule)
		lint_add_at(l, RULE_SHADOWED, rule, "%s: line %d has %s it",
			rule->name, first->line,
			first->action == rule->action ? "said" : "decided");
	else if (rule->action == l->p->default_action)
		lint_add_at(l, RULE_SHADOWED, rule,
			"%s: the default action says it", rule->name);
}

void lint_check_rules(struct linter *l)
{
	for (size_t i = 0; i < l->p->nleft && !l->out->lost; i++)
		check_name(l, &l->p->left[i]);
	for (size_t i = 0; i < l->p->nrules && !l->out->lost; i++) {
		check_name(l, &l->p->rules[i]);
		check_rule(l, &l->p->rules[i]);
	}
}
