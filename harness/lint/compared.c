/* SPDX-License-Identifier: MIT */
/*
 * compared.c: takes the values from the graph of a number, or, where that
 * leaves something open, all constants of the filter. Pure.
 */
#include "lint/compared.h"

#include <stdlib.h>
#include <string.h>

#include "profile/boxes.h"

static const struct graph_node *at(const struct compared *c, uint32_t node)
{
	return &c->l->asker.g.nodes[node];
}

bool compared_passes(const struct compared *c, const struct seccomp_data *data)
{
	const struct filter *bpf = c->l->bpf;
	const uint32_t verdict =
		at(c, c->node)->unknown
			? bpf_run(bpf->insns, bpf->ninsns, data)
			: graph_run(&c->l->asker.g, c->node, data);

	return lint_passes(verdict);
}

struct search {
	const struct compared *c;
	struct seccomp_data data;
	unsigned arg, bit;
	compared_test *test;
};

static bool is_found(struct search *s, uint32_t value)
{
	s->data.args[s->arg] = value;
	return value && s->test(s->c, s->data, s->arg, s->bit);
}

static uint32_t find_in_filter(struct search *s)
{
	const struct filter *bpf = s->c->l->bpf;

	for (size_t i = 0; i < bpf->ninsns; i++)
		if (BPF_CLASS(bpf->insns[i].code) == BPF_JMP &&
			is_found(s, bpf->insns[i].k))
			return bpf->insns[i].k;
	return 0;
}

/* The graph has "at least K + 1" for "above K", and of one bit "not 0". */
static uint32_t find_at(struct search *s, const struct graph_node *n)
{
	const uint32_t values[] = { n->k, n->op == REGION_GE ? n->k - 1 : 0,
		n->mask + 1 ? n->mask : 0 };

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
		if (is_found(s, values[i]))
			return values[i];
	return 0;
}

static uint32_t find_in_graph(struct search *s)
{
	const unsigned low = WORD_LOW(s->arg);
	uint8_t *seen = calloc(s->c->node + 1, 1);
	uint32_t value = 0;

	if (!seen)
		return find_in_filter(s);
	seen[s->c->node] = 1;
	for (uint32_t i = s->c->node + 1; i-- && !value;) {
		const struct graph_node *n = at(s->c, i);

		if (!seen[i] || n->leaf || !(n->words >> low & 3))
			continue;
		if (n->word == low || n->word == low + 1)
			value = find_at(s, n);
		seen[n->yes] = seen[n->no] = 1;
	}
	free(seen);
	return value;
}

static uint32_t find(struct search s)
{
	return at(s.c, s.c->node)->unknown ? find_in_filter(&s)
					   : find_in_graph(&s);
}

/* The last search, which is often that of the number before. */
static bool is_known(struct linter *l, const struct search *s)
{
	const struct compared_last *last = &l->last[s->arg];

	return last->test == (void (*)(void))s->test && last->bit == s->bit &&
	       last->node == s->c->node && !at(s->c, last->node)->unknown;
}

uint32_t compared_find(struct linter *l, int nr, const char *call, unsigned arg,
	unsigned bit, compared_test *test)
{
	struct graph *g = &l->asker.g;
	const struct compared c = { l,
		graph_call(g, l->asker.root, l->bpf, l->arch, nr) };
	const struct seccomp_data zero = { .nr = nr, .arch = l->arch };
	struct search s = { &c, zero, arg, bit, test };

	if (!is_known(l, &s))
		l->last[arg] = (struct compared_last){ (void (*)(void))test,
			bit, c.node, find(s) };
	if (l->last[arg].value)
		return l->last[arg].value;
	lint_take_arguments(l, call, &s.data);
	return memcmp(&s.data, &zero, sizeof(zero)) ? find(s) : 0;
}
