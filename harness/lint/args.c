/* SPDX-License-Identifier: MIT */
/* args.c: checks of arguments, and rules that change nothing. Pure. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "lint/args.h"
#include "lint/compared.h"
#include "lint/names.h"

/* Whether DATA is refused, and passes with that bit of ARG. */
static bool passes_by_bit(const struct compared *c, struct seccomp_data data,
	unsigned arg, unsigned bit)
{
	if (data.args[arg] >> bit || compared_passes(c, &data))
		return false;
	data.args[arg] |= (uint64_t)1 << bit;
	return compared_passes(c, &data);
}

/* Bits from BIT on the kernel cuts off. */
static void check_cut(
	struct linter *l, int nr, const char *call, unsigned arg, unsigned bit)
{
	const uint32_t value =
		compared_find(l, nr, call, arg, bit, passes_by_bit);

	if (value)
		lint_add_argument(l, RULE_HIGH_BITS, call, arg,
			": 0x%x is refused, 0x%llx passes", value,
			(unsigned long long)1 << bit | value);
}

static void check_argument(
	struct linter *l, int nr, const char *call, unsigned arg)
{
	uint64_t loads = l->reach[WAY_HOME][nr].loads;

	if (loads & LINT_HIGH(arg) && !(loads & LINT_LOW(arg)))
		lint_add_argument(l, RULE_UPPER_HALF, call, arg, "%s", "");
	if (loads & LINT_LOW(arg) && !(loads & LINT_HIGH(arg)) &&
		!calls_cuts(call, arg))
		lint_add_argument(l, RULE_LOWER_HALF, call, arg, "%s", "");
	if (loads & LINT_HIGH(arg) && calls_cuts(call, arg))
		check_cut(l, nr, call, arg, 32);
	if (loads & LINT_LOW(arg) && calls_bits(call, arg) == 16)
		check_cut(l, nr, call, arg, 16);
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

/* The first rule for the call of RULE, whatever its arguments; or RULE. */
static const struct profile_rule *first_for_all(
	const struct profile *p, const struct profile_rule *rule)
{
	const struct profile_rule *r = p->rules;

	while (r < rule && (r->nargs || strcmp(r->name, rule->name) != 0))
		r++;
	return r;
}

/* What says again what is so anyway costs nothing; what says something else
 * does not do what it says. */
static void shadowed(struct linter *l, const struct profile_rule *rule,
	bool again, const char *text)
{
	struct lint_finding *f =
		lint_add_at(l, RULE_SHADOWED, rule, "%s: %s", rule->name, text);

	if (again)
		lint_lower(f, LINT_NOTE);
}

/* Rules that decide nothing on this architecture. */
static void check_rule(struct linter *l, const struct profile_rule *rule)
{
	const struct bpf_reach *r = lint_reach(l, rule->name);
	const struct profile_rule *first;
	char buf[64], text[128];

	if (!r || !r->whole || r->n != 1)
		return;
	if (rule->nargs) {
		snprintf(text, sizeof(text),
			"whatever its arguments, it meets %s",
			lint_words(r->verdicts[0], buf, sizeof(buf)));
		shadowed(l, rule, rule->action == r->verdicts[0], text);
		return;
	}
	first = first_for_all(l->p, rule);
	if (first < rule && first->action != rule->action &&
		r->verdicts[0] == rule->action)
		return; /* it is the first that is hidden */
	if (first < rule) {
		snprintf(text, sizeof(text), "line %d has %s it", first->line,
			first->action == rule->action ? "said" : "decided");
		shadowed(l, rule, first->action == rule->action, text);
	} else if (rule->action == l->p->default_action) {
		shadowed(l, rule, true, "the default action says it");
	}
}

void lint_check_rules(struct linter *l)
{
	lint_check_names(l);
	for (size_t i = 0; i < l->p->nrules && !l->out->lost; i++)
		check_rule(l, &l->p->rules[i]);
}
