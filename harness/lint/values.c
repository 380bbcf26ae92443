/* SPDX-License-Identifier: MIT */
/*
 * values.c: comparisons that cannot mean what they say: of a set of flags as
 * one number, of a pointer, of an argument that the call has not, of bits
 * outside a mask. What arguments are is in the table of calls. Pure.
 */
#include "lint/values.h"

#include <stdio.h>
#include <stdlib.h>

#include "lint/compared.h"
#include "profile/boxes.h"
#include "sys/arch.h"
#include "sys/calls.h"

/* Whether DATA is refused, and passes with any one other flag in ARG. */
static bool is_alone(const struct compared *c, struct seccomp_data data,
	unsigned arg, unsigned bit)
{
	const uint64_t value = data.args[arg];

	/* Under masks 0xffffffff is the mask. */
	if (__builtin_popcountll(value) > 16 || compared_passes(c, &data))
		return false;
	for (bit = 0; bit < 31; bit++) {
		data.args[arg] = value | (uint64_t)1 << bit;
		if (data.args[arg] != value && !compared_passes(c, &data))
			return false;
	}
	return true;
}

static void check_flags(
	struct linter *l, int nr, const char *call, unsigned arg)
{
	const uint32_t value = compared_find(l, nr, call, arg, 0, is_alone);

	if (value)
		lint_add_argument(l, RULE_WHOLE_FLAGS, call, arg,
			": 0x%x is refused by itself, and passes with any "
			"other flag beside",
			value);
}

/* Whether NODE or one behind it compares WORD with more than 0. SEEN has a
 * byte for each node. */
static bool compares(
	const struct graph *g, uint32_t node, unsigned word, char *seen)
{
	const struct graph_node *n = &g->nodes[node];

	if (n->leaf || !(n->words >> word & 1) || seen[node])
		return false;
	seen[node] = 1;
	if (n->word == word && n->k > (n->op == REGION_GE))
		return true;
	return compares(g, n->yes, word, seen) ||
	       compares(g, n->no, word, seen);
}

static void check_pointer(
	struct linter *l, uint32_t node, const char *call, unsigned arg)
{
	const struct graph *g = &l->asker.g;
	bool found = false;

	for (unsigned half = 0; half < 2 && !found; half++) {
		char *seen = calloc(g->n, 1);

		found = seen && compares(g, node, WORD_LOW(arg) + half, seen);
		free(seen);
	}
	if (found)
		lint_add_argument(l, RULE_POINTER, call, arg, "%s", "");
}

static void check_call(struct linter *l, int nr)
{
	struct graph *g = &l->asker.g;
	const uint32_t node = graph_call(g, l->asker.root, l->bpf, l->arch, nr);
	const bool wide = l->arch != ARCH_COMPAT;
	char call[64];
	int arity;

	calls_name(l->arch, nr, call, sizeof(call));
	arity = calls_arity(l->arch, call);
	for (unsigned arg = 0; arg < PROFILE_ARGS && arity >= 0; arg++) {
		if (!(g->nodes[node].words >> WORD_LOW(arg) & 3))
			continue;
		if ((int)arg >= arity)
			lint_add_argument(l, RULE_NO_ARGUMENT, call, arg,
				": it has %d", arity);
		else if (wide && calls_takes_pointer(call, arg))
			check_pointer(l, node, call, arg);
		else if (wide && calls_takes_flags(call, arg))
			check_flags(l, nr, call, arg);
	}
}

static void check_mask(struct linter *l, const struct profile_rule *rule,
	const struct scmp_arg_cmp *cmp)
{
	const unsigned long long mask = cmp->datum_a, value = cmp->datum_b;
	struct lint_finding *f;

	if (cmp->op != SCMP_CMP_MASKED_EQ || !(value & ~mask))
		return;
	f = lint_add_at(l, RULE_MASK, rule,
		"%s, argument %u: of the value 0x%llx the mask 0x%llx leaves "
		"0x%llx%s",
		rule->name, cmp->arg, value, mask, value & mask,
		mask ? "" : ": every value passes");
	if (f)
		snprintf(f->subjects, sizeof(f->subjects), "%s[%u]", rule->name,
			cmp->arg);
}

void lint_check_values(struct linter *l)
{
	for (int nr = 0; nr < LINT_CALLS; nr++)
		check_call(l, nr);
	for (size_t i = 0; i < l->p->nrules; i++)
		for (unsigned k = 0; k < l->p->rules[i].nargs; k++)
			check_mask(l, &l->p->rules[i], &l->p->rules[i].args[k]);
}
