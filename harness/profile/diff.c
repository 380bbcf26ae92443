/* SPDX-License-Identifier: MIT */
/*
 * diff.c: two filters in one graph: for each range of numbers, on each range of
 * architectures, what is left of both is one node, or is walked.
 */
#include "profile/diff.h"

#include <stdlib.h>
#include <string.h>

#include "profile/atoms.h"
#include "profile/boxes.h"
#include "profile/verdict.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define WHOLE 0xffffffffu
#define NUMBERS                                                                \
	1024 /* that are asked one by one where ranges are not known           \
	      */

struct differ {
	struct diff *d;
	const struct diff_of *of;
	unsigned n; /* of one filter all is told */
	const struct filter *bpf[2];
	struct graph g;
	uint32_t root[2];
	uint64_t work;
};

static void *grow(void *list, size_t n, size_t *size, size_t each)
{
	void *more;

	if (n < *size)
		return list;
	*size = *size ? 2 * *size : 16;
	more = realloc(list, *size * each);
	return more;
}

/* The cases of two nodes: the same for all numbers that have them. */
static size_t cases_of(
	struct differ *t, uint32_t a, uint32_t b, uint32_t arch, uint32_t nr)
{
	struct diff *d = t->d;
	const struct cases_of of = { &t->g, arch, nr, a, b, t->n > 1,
		&t->work };
	const bool unknown = t->g.nodes[a].unknown || t->g.nodes[b].unknown;
	struct diff_cases *more;

	for (size_t i = unknown ? 0 : d->ncases; i--;)
		if (d->cases[i].a == a && d->cases[i].b == b)
			return i;
	more = grow(d->cases, d->ncases, &d->size_cases, sizeof(*more));
	if (!more)
		return SIZE_MAX;
	d->cases = more;
	d->cases[d->ncases].a = a;
	d->cases[d->ncases].b = b;
	cases_find(&d->cases[d->ncases].c, &of);
	return d->ncases++;
}

static bool add(struct differ *t, const struct change *c)
{
	struct diff *d = t->d;
	struct change *last = d->n ? &d->list[d->n - 1] : NULL, *more;

	if (last && last->arch == c->arch && last->cases == c->cases &&
		last->last + 1 == c->first &&
		!(ARCH_HAS_X32(c->arch) && c->first == ARCH_X32_BIT)) {
		last->last = c->last;
		return true;
	}
	more = grow(d->list, d->n, &d->size, sizeof(*more));
	if (!more)
		return false;
	d->list = more;
	d->list[d->n++] = *c;
	return true;
}

static bool compare(struct differ *t, struct change c)
{
	uint32_t node[2] = { 0, t->root[1] };

	for (unsigned i = 0; i < t->n; i++)
		node[i] = graph_call(
			&t->g, t->root[i], t->bpf[i], c.arch, (int)c.first);
	if (t->n > 1 && node[0] == node[1] && !t->g.nodes[node[0]].unknown)
		return true;
	c.cases = cases_of(t, node[0], node[1], c.arch, c.first);
	if (c.cases == SIZE_MAX)
		return false;
	if (!t->d->cases[c.cases].c.whole)
		t->d->whole = false;
	else if (!t->d->cases[c.cases].c.n)
		return true; /* they say the same in other words */
	return add(t, &c);
}

/* Whether the filters tell apart no numbers of one range. */
static bool cut_numbers(struct differ *t, struct atoms *a, uint32_t arch)
{
	bool unknown = false;

	for (int i = 0; i < 2; i++) {
		const uint32_t node =
			graph_restrict(&t->g, t->root[i], WORD_ARCH, arch);

		unknown = unknown || t->g.nodes[node].unknown;
		atoms_of(a, &t->g, node, WORD_NR);
	}
	if (unknown || !a->whole) {
		t->d->whole = false;
		for (uint32_t nr = 0; nr < NUMBERS; nr++) {
			atoms_value(a, nr);
			if (ARCH_HAS_X32(arch))
				atoms_value(a, nr | ARCH_X32_BIT);
		}
	}
	if (ARCH_HAS_X32(arch))
		atoms_cut(a, ARCH_X32_BIT);
	if (t->of->arch)
		atoms_cut(a, t->of->first);
	if (t->of->arch && t->of->last != WHOLE)
		atoms_cut(a, t->of->last + 1);
	atoms_sort(a);
	return a->whole && !unknown;
}

static bool compare_numbers(struct differ *t, uint32_t arch, bool other)
{
	struct atoms a;
	bool ok = true, alike;

	atoms_begin(&a);
	alike = cut_numbers(t, &a, arch);
	for (size_t i = 0; i < a.n && ok; i++) {
		const struct change c = { arch, other, a.first[i],
			alike ? atoms_last(&a, i) : a.first[i], 0 };

		if (!t->of->arch ||
			(c.first >= t->of->first && c.first <= t->of->last))
			ok = compare(t, c);
	}
	atoms_end(&a);
	return ok;
}

/* Architectures that neither filter tells apart: whether an earlier one of A
 * stood for ranges alike. */
static bool is_known(struct differ *t, const struct atoms *a, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		bool same = a->first[i] != atoms_last(a, i);

		for (int k = 0; k < 2 && same; k++) {
			uint32_t one = graph_restrict(
				&t->g, t->root[k], WORD_ARCH, a->first[i]);

			same = !t->g.nodes[one].unknown &&
			       one == graph_restrict(&t->g, t->root[k],
					      WORD_ARCH, a->first[at]);
		}
		if (same)
			return true;
	}
	return false;
}

static bool compare_all(struct differ *t)
{
	struct atoms a;
	bool ok;

	if (t->of->arch)
		return compare_numbers(t, t->of->arch, false);
	atoms_begin(&a);
	atoms_of(&a, &t->g, t->root[0], WORD_ARCH);
	atoms_of(&a, &t->g, t->root[1], WORD_ARCH);
	atoms_value(&a, ARCH_NATIVE);
	atoms_value(&a, ARCH_COMPAT);
	atoms_sort(&a);
	if (!a.whole)
		t->d->whole = false;
	ok = compare_numbers(t, ARCH_NATIVE, false);
	for (size_t i = 0; i < a.n && ok; i++) {
		const bool other = a.first[i] != atoms_last(&a, i);

		if (a.first[i] != ARCH_NATIVE &&
			(!other || !is_known(t, &a, i)))
			ok = compare_numbers(t, a.first[i], other);
	}
	atoms_end(&a);
	return ok;
}

bool diff_filters(struct diff *d, const struct filter *a,
	const struct filter *b, const struct diff_of *of)
{
	struct differ t = { .d = d,
		.of = of,
		.n = b ? 2 : 1,
		.bpf = { a, b },
		.work = CASES_WORK };
	bool ok;

	*d = (struct diff){ .whole = true };
	if (!graph_begin(&t.g))
		return false;
	t.root[0] = graph_add(&t.g, a);
	t.root[1] = b ? graph_add(&t.g, b) : graph_leaf(&t.g, 0);
	ok = compare_all(&t);
	graph_end(&t.g);
	return ok;
}

void diff_free(struct diff *d)
{
	for (size_t i = 0; i < d->ncases; i++)
		cases_free(&d->cases[i].c);
	free(d->cases);
	free(d->list);
	*d = (struct diff){ 0 };
}
