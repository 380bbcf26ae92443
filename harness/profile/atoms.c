/* SPDX-License-Identifier: MIT */
/* atoms.c: cuts all values of a word into ranges, where tests of it change. */
#include "profile/atoms.h"

#include <stdlib.h>

#define WHOLE  0xffffffffu
#define BLOCKS 256

void atoms_begin(struct atoms *a)
{
	*a = (struct atoms){ .whole = true };
	atoms_cut(a, 0);
}

void atoms_end(struct atoms *a)
{
	free(a->first);
	*a = (struct atoms){ 0 };
}

void atoms_cut(struct atoms *a, uint32_t first)
{
	if (a->n == a->size) {
		const size_t size = a->size ? 2 * a->size : 64;
		uint32_t *more = realloc(a->first, size * sizeof(*more));

		if (!more) {
			a->whole = false;
			return;
		}
		a->first = more;
		a->size = size;
	}
	a->first[a->n++] = first;
}

void atoms_value(struct atoms *a, uint32_t value)
{
	atoms_cut(a, value);
	if (value != WHOLE)
		atoms_cut(a, value + 1);
}

/*
 * What is under MASK rises within each block of 2^BITS values: the mask has the
 * lowest BITS bits, or none of them. So it passes K there once, if at all.
 */
static bool cut_blocks(struct atoms *a, uint32_t k, uint32_t mask)
{
	const unsigned bits = mask & 1 ? (unsigned)__builtin_ctz(~mask)
				       : (unsigned)__builtin_ctz(mask);
	const uint64_t block = (uint64_t)1 << bits;

	if ((((uint64_t)WHOLE + 1) >> bits) > BLOCKS)
		return false;
	for (uint64_t at = 0; at <= WHOLE; at += block) {
		atoms_cut(a, (uint32_t)at);
		atoms_value(a, (uint32_t)(at + (k & (block - 1))));
	}
	return true;
}

static void cut_at(struct atoms *a, const struct graph_node *n)
{
	if (n->mask != WHOLE)
		a->whole = cut_blocks(a, n->k, n->mask) && a->whole;
	else if (n->op == REGION_EQ)
		atoms_value(a, n->k);
	else
		atoms_cut(a, n->k);
}

void atoms_of(
	struct atoms *a, const struct graph *g, uint32_t node, unsigned word)
{
	uint8_t *seen = calloc(node + 1, 1);

	if (!seen) {
		a->whole = false;
		return;
	}
	seen[node] = 1;
	for (size_t i = node + 1; i--;) {
		const struct graph_node *n = &g->nodes[i];

		if (!seen[i] || n->leaf || !(n->words >> word & 1))
			continue;
		if (n->word == word)
			cut_at(a, n);
		seen[n->yes] = seen[n->no] = 1;
	}
	free(seen);
}

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

void atoms_sort(struct atoms *a)
{
	size_t n = 0;

	if (!a->n)
		return;
	qsort(a->first, a->n, sizeof(*a->first), compare);
	for (size_t i = 1; i < a->n; i++)
		if (a->first[i] != a->first[n])
			a->first[++n] = a->first[i];
	a->n = n + 1;
}

uint32_t atoms_last(const struct atoms *a, size_t i)
{
	return i + 1 < a->n ? a->first[i + 1] - 1 : WHOLE;
}
