/* SPDX-License-Identifier: MIT */
/*
 * once.c: rules that a profile has said before. libseccomp copies its
 * whole filter for each rule that it is given, so that thousands of them take
 * the square of their time.
 */
#include <stdlib.h>
#include <string.h>

#include "profile/rules.h"

struct profile_once {
	const struct profile *p;
	size_t mask;
	uint32_t slots[]; /* 0, or 1 + the index of a rule */
};

struct profile_once *profile_once_new(const struct profile *p)
{
	struct profile_once *o;
	size_t n = 16;

	while (n < 2 * p->nrules)
		n *= 2;
	o = calloc(1, sizeof(*o) + n * sizeof(*o->slots));
	if (o) {
		o->p = p;
		o->mask = n - 1;
	}
	return o;
}

static uint64_t add_hash(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15;
	return h ^ h >> 29;
}

/* Of what a rule is for: its call and its comparisons. */
static uint64_t hash(const struct profile_rule *rule)
{
	uint64_t h = rule->nargs;

	for (const char *s = rule->name; *s; s++)
		h = add_hash(h, (unsigned char)*s);
	for (unsigned i = 0; i < rule->nargs; i++) {
		h = add_hash(h, rule->args[i].arg);
		h = add_hash(h, rule->args[i].op);
		h = add_hash(h, rule->args[i].datum_a);
		h = add_hash(h, rule->args[i].datum_b);
	}
	return h;
}

static bool same(const struct profile_rule *a, const struct profile_rule *b)
{
	if (strcmp(a->name, b->name) != 0 || a->nargs != b->nargs)
		return false;
	for (unsigned i = 0; i < a->nargs; i++) {
		const struct scmp_arg_cmp *x = &a->args[i], *y = &b->args[i];

		if (x->arg != y->arg || x->op != y->op ||
			x->datum_a != y->datum_a || x->datum_b != y->datum_b)
			return false;
	}
	return true;
}

bool profile_once(struct profile_once *o, size_t index)
{
	const struct profile_rule *rule = &o->p->rules[index];
	size_t i = hash(rule) & o->mask;
	bool first = true;

	while (o->slots[i] && !same(&o->p->rules[o->slots[i] - 1], rule))
		i = (i + 1) & o->mask;
	if (o->slots[i])
		first = o->p->rules[o->slots[i] - 1].action != rule->action;
	o->slots[i] = (uint32_t)index + 1;
	return first;
}
