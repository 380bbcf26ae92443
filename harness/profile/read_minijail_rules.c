/* SPDX-License-Identifier: MIT */
/*
 * read_minijail_rules.c: the statements on one call. To minijail they have an
 * order: the first whose expression holds decides, then a last word without
 * one, then @default. Rules here have none, so that taken are those for which
 * it makes no difference.
 */
#include <string.h>

#include "profile/meaning.h"
#include "profile/read_minijail.h"

#define MAX_RULES 4096

/* Whether it is plain that no call passes both. */
static bool exclude(const struct scmp_arg_cmp *a, const struct scmp_arg_cmp *b)
{
	if (a->arg != b->arg)
		return false;
	if (a->op == SCMP_CMP_EQ)
		return !meaning_holds(b, a->datum_a);
	if (b->op == SCMP_CMP_EQ)
		return !meaning_holds(a, b->datum_a);
	return a->op == SCMP_CMP_MASKED_EQ && b->op == SCMP_CMP_MASKED_EQ &&
	       ((a->datum_b ^ b->datum_b) & a->datum_a & b->datum_a) != 0;
}

static bool never_both(
	const struct profile_rule *a, const struct profile_rule *b)
{
	for (unsigned i = 0; i < a->nargs; i++)
		for (unsigned k = 0; k < b->nargs; k++)
			if (exclude(&a->args[i], &b->args[k]))
				return true;
	return false;
}

int policy_add(struct policy *r, const struct profile_rule *rule)
{
	const struct profile *p = r->p;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *old = &p->rules[i];

		if (strcmp(old->name, rule->name) != 0)
			continue;
		if (!old->nargs && old->action == rule->action)
			return 0; /* said again */
		if (!old->nargs)
			return policy_fail(r,
				"%s: line %d has said something else of it",
				rule->name, old->line);
		if (rule->nargs && old->action != rule->action &&
			!never_both(old, rule))
			return policy_fail(r,
				"%s: a call may match this and line %d, which "
				"has another action: rules here have no order",
				rule->name, old->line);
	}
	if (p->nrules == MAX_RULES)
		return policy_fail(r, "more than %d rules", MAX_RULES);
	if (profile_add_rule(r->p, rule))
		return policy_fail(r, "out of memory");
	return 0;
}

/* Whether RULE, for all arguments, comes behind others with another action. */
static bool is_last_word(const struct profile *p, size_t index)
{
	const struct profile_rule *rule = &p->rules[index];

	for (size_t i = 0; i < index && !rule->nargs; i++)
		if (p->rules[i].action != rule->action &&
			!strcmp(p->rules[i].name, rule->name))
			return true;
	return false;
}

int policy_settle(struct policy *r)
{
	struct profile *p = r->p;
	size_t n = 0;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule rule = p->rules[i];

		if (!is_last_word(p, i))
			continue;
		if (rule.action != p->default_action)
			return profile_refuse_rule(p, &rule,
				"behind expressions with another action, the "
				"default action alone can be said",
				r->err);
		p->rules[i].line = -1;
	}
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].line >= 0)
			p->rules[n++] = p->rules[i];
	p->nrules = n;
	return 0;
}
