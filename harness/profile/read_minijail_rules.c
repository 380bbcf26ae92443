/* SPDX-License-Identifier: MIT */
/*
 * read_minijail_rules.c: the statements on one call. To minijail they have an
 * order: the first whose expression holds decides, then a last word without
 * one, then @default. Rules here have none: of each what those before it, with
 * another action, leave is a rule.
 */
#include <errno.h>
#include <string.h>

#include "profile/meaning.h"
#include "profile/narrow.h"
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

struct rest {
	struct policy *r;
	struct profile_rule rule;
	size_t next, end;
};

static int add_rest(struct policy *r, const struct profile_rule *rule,
	size_t next, size_t end);

static int add_part(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	const struct rest *rest = to;
	struct profile_rule rule = rest->rule;

	rule.nargs = n;
	if (n)
		memcpy(rule.args, args, n * sizeof(*args));
	return add_rest(rest->r, &rule, rest->next, rest->end);
}

/* What RULE takes and rule I does not: one of its checks fails. */
static int add_without(
	struct policy *r, const struct profile_rule *rule, size_t i, size_t end)
{
	const struct profile_rule old = r->p->rules[i];
	struct rest rest = { r, *rule, i + 1, end };
	struct narrow list[PROFILE_ARGS + 1] = { 0 };

	for (unsigned k = 0; k < rule->nargs; k++)
		list[k].cmp = rule->args[k];
	for (unsigned k = 0; k < old.nargs; k++) {
		int ret;

		list[rule->nargs] = (struct narrow){ old.args[k], false, true };
		ret = narrow(list, rule->nargs + 1, add_part, &rest);
		if (ret == -E2BIG)
			policy_fail(
				r, "%s: more rules than are read", rule->name);
		if (ret)
			return -1;
	}
	return 0;
}

/* RULE, as far as none of rules NEXT to END with another action comes first. */
static int add_rest(struct policy *r, const struct profile_rule *rule,
	size_t next, size_t end)
{
	const struct profile *p = r->p;

	for (size_t i = next; i < end; i++) {
		const struct profile_rule *old = &p->rules[i];

		if (!strcmp(old->name, rule->name) && old->nargs &&
			old->action != rule->action && !never_both(old, rule))
			return add_without(r, rule, i, end);
	}
	if (p->nrules == MAX_RULES)
		return policy_fail(r, "more than %d rules", MAX_RULES);
	return profile_add_rule(r->p, rule) ? policy_fail(r, "out of memory")
					    : 0;
}

int policy_add(struct policy *r, const struct profile_rule *rule)
{
	const struct profile *p = r->p;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *old = &p->rules[i];

		if (strcmp(old->name, rule->name) != 0 || old->nargs)
			continue;
		if (old->action == rule->action)
			return 0; /* said again */
		return policy_fail(r,
			"%s: line %d has said something else of "
			"it",
			rule->name, old->line);
	}
	return add_rest(r, rule, rule->nargs ? 0 : p->nrules, p->nrules);
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
	const size_t end = p->nrules;
	size_t n = 0;

	for (size_t i = 0; i < end; i++) {
		const struct profile_rule rule = p->rules[i];

		if (!is_last_word(p, i))
			continue;
		if (rule.action != p->default_action &&
			add_rest(r, &rule, 0, i))
			return -1;
		p->rules[i].line = -1;
	}
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].line >= 0)
			p->rules[n++] = p->rules[i];
	p->nrules = n;
	return 0;
}
