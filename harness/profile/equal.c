/* SPDX-License-Identifier: MIT */
/*
 * equal.c: follows the paths of filters together, those of the second from
 * where those of the first ended, and so on: at the end of all stand their
 * common verdict and that of the one asked for, for the same calls.
 */
#include "profile/equal.h"

#include <stdlib.h>
#include <string.h>

#include "profile/atoms.h"
#include "profile/boxes.h"
#include "profile/paths.h"
#include "profile/verdict.h"
#include "sys/arch.h"

#define NUMBERS 1024

struct comparison {
	const struct filter *stack, *asked;
	unsigned n;
	struct graph g;
	uint32_t *roots, *now; /* of the stack, then of the one asked for */
	unsigned at;
	bool unknown, differs;
	struct unequal *bad;
};

static bool is_same_bpf(const struct filter *a, const struct filter *b)
{
	return a->ninsns == b->ninsns &&
	       !memcmp(a->insns, b->insns, a->ninsns * sizeof(*a->insns));
}

/* By include/uapi/linux/seccomp.h the strictest is the least, signed. */
static int32_t rank(uint32_t verdict)
{
	return (int32_t)(verdict & SECCOMP_RET_ACTION_FULL);
}

uint32_t equal_run(
	const struct filter *stack, unsigned n, const struct seccomp_data *data)
{
	uint32_t verdict = SECCOMP_RET_ALLOW;

	for (unsigned i = 0; i < n; i++) {
		const uint32_t one =
			bpf_run(stack[i].insns, stack[i].ninsns, data);

		if (!i || rank(one) < rank(verdict))
			verdict = one;
	}
	return verdict;
}

/* A call that is claimed to meet two verdicts, tried. */
static bool differ_at(struct comparison *c, const struct seccomp_data *data)
{
	const uint32_t is = equal_run(c->stack, c->n, data);
	const uint32_t asked = bpf_run(c->asked->insns, c->asked->ninsns, data);

	if (verdict_effect(is) == verdict_effect(asked))
		return false;
	*c->bad = (struct unequal){ *data, is, asked };
	return true;
}

static bool skip(void *context, const struct paths *w, uint32_t a, uint32_t b)
{
	const struct comparison *c = context;

	return c->at == c->n && a == b && !w->g->nodes[a].unknown;
}

static bool end(void *context, struct paths *w, uint32_t a, uint32_t b)
{
	struct comparison *c = context;
	const struct graph_node *x = &w->g->nodes[a], *y = &w->g->nodes[b];
	struct seccomp_data data;
	bool on;

	if (a == GRAPH_UNKNOWN || b == GRAPH_UNKNOWN) {
		c->unknown = true;
		return true;
	}
	if (c->at < c->n) {
		c->at++;
		on = paths_follow(
			w, rank(y->k) < rank(x->k) ? b : a, c->now[c->at]);
		c->at--;
		return on;
	}
	if (verdict_effect(x->k) == verdict_effect(y->k))
		return true;
	if (region_some(&w->r, &w->tests, &data) && differ_at(c, &data))
		c->differs = true;
	else
		c->unknown = true;
	return !c->differs;
}

static const struct filter *filter_of(const struct comparison *c, unsigned i)
{
	return i < c->n ? &c->stack[i] : c->asked;
}

static void compare_number(struct comparison *c, uint32_t arch, uint32_t nr)
{
	struct paths w;

	for (unsigned i = 0; i <= c->n; i++)
		c->now[i] = graph_call(
			&c->g, c->roots[i], filter_of(c, i), arch, (int)nr);
	paths_begin(&w, &c->g, arch, nr);
	w.context = c;
	w.skip = skip;
	w.end = end;
	c->at = 1;
	if ((!paths_follow(&w, c->now[0], c->now[1]) && !c->differs) ||
		w.tests.lost)
		c->unknown = true;
	paths_end(&w);
}

static void compare_arch(struct comparison *c, uint32_t arch)
{
	bool computes = false;
	struct atoms a;

	atoms_begin(&a);
	for (unsigned i = 0; i <= c->n; i++) {
		const uint32_t node =
			graph_restrict(&c->g, c->roots[i], WORD_ARCH, arch);

		atoms_of(&a, &c->g, node, WORD_NR);
		computes = computes || c->g.nodes[node].unknown;
	}
	/* Numbers of one range may meet different verdicts then. */
	for (uint32_t nr = 0; computes && nr < NUMBERS; nr++)
		atoms_value(&a, nr);
	c->unknown = c->unknown || computes;
	atoms_sort(&a);
	if (!a.whole)
		c->unknown = true;
	for (size_t i = 0; i < a.n && !c->differs; i++)
		compare_number(c, arch, a.first[i]);
	atoms_end(&a);
}

static void compare(struct comparison *c)
{
	for (unsigned i = 0; i <= c->n; i++)
		c->roots[i] = graph_add(&c->g, filter_of(c, i));
	compare_arch(c, ARCH_NATIVE);
	if (!c->differs && ARCH_COMPAT != 0)
		compare_arch(c, ARCH_COMPAT);
}

enum equal equal_filters(const struct filter *stack, unsigned n,
	const struct filter *asked, struct unequal *bad)
{
	struct comparison c = { .stack = stack,
		.asked = asked,
		.n = n,
		.roots = calloc(n + 1, sizeof(*c.roots)),
		.now = calloc(n + 1, sizeof(*c.now)),
		.bad = bad };

	if (n == 1 && is_same_bpf(stack, asked)) {
		free(c.roots);
		free(c.now);
		return EQUAL_YES;
	}
	if (n && c.roots && c.now && graph_begin(&c.g))
		compare(&c);
	else
		c.unknown = true;
	graph_end(&c.g);
	free(c.roots);
	free(c.now);
	return c.differs ? EQUAL_NO : c.unknown ? EQUAL_UNKNOWN : EQUAL_YES;
}
