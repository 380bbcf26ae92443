/* SPDX-License-Identifier: MIT */
/* args.c: checks of arguments, and rules that change nothing. Pure. */
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "lint/args.h"

/* Whether DATA is refused, and passes with bit 32 of ARG. */
static bool passes_by_high_bit(
	const struct linter *l, struct seccomp_data data, unsigned arg)
{
	if (lint_passes(bpf_run(l->bpf->insns, l->bpf->ninsns, &data)))
		return false;
	data.args[arg] |= (uint64_t)1 << 32;
	return lint_passes(bpf_run(l->bpf->insns, l->bpf->ninsns, &data));
}

/* A value that the filter compares with and refuses, and that bit 32 lets
 * pass; 0 when there is none. DATA has the other arguments. */
static uint32_t find_high_bits(
	const struct linter *l, struct seccomp_data data, unsigned arg)
{
	for (size_t i = 0; i < l->bpf->ninsns; i++) {
		const struct sock_filter *f = &l->bpf->insns[i];

		if (BPF_CLASS(f->code) != BPF_JMP || !f->k)
			continue;
		data.args[arg] = f->k;
		if (passes_by_high_bit(l, data, arg))
			return f->k;
	}
	return 0;
}

/* What the rules of the call compare with: an argument that passes alone may
 * not pass beside others. */
static void take_arguments(
	const struct linter *l, const char *call, struct seccomp_data *data)
{
	for (size_t i = 0; i < l->p->nrules; i++) {
		const struct profile_rule *rule = &l->p->rules[i];

		for (unsigned k = 0; k < rule->nargs; k++)
			if (!strcmp(rule->name, call))
				data->args[rule->args[k].arg] =
					rule->args[k].op == SCMP_CMP_MASKED_EQ
						? rule->args[k].datum_b
						: rule->args[k].datum_a;
	}
}

static void check_argument(
	struct linter *l, int nr, const char *call, unsigned arg)
{
	uint64_t loads = l->reach[WAY_HOME][nr].loads;
	struct seccomp_data data = { .nr = nr, .arch = l->arch };
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
	value = find_high_bits(l, data, arg);
	if (!value) {
		take_arguments(l, call, &data);
		value = find_high_bits(l, data, arg);
	}
	if (value)
		lint_add(l, RULE_HIGH_BITS, call,
			"%s, argument %u: 0x%x is refused, 0x1%08x passes",
			call, arg, value, value);
}

/* On a 32-bit architecture the upper halves are zero: nothing to see. */
void lint_check_arguments(struct linter *l)
{
	if (l->arch == ARCH_COMPAT)
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
	if (!calls_find(rule->name))
		more = ", nor has quartet's table of x86 and aarch64: newer "
		       "than both, of another architecture, or misspelt";
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
	if (first < rule && first->action != rule->action &&
		r->verdicts[0] == rule->action)
		return; /* it is the first that is hidden */
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
