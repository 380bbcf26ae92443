/* SPDX-License-Identifier: MIT */
/* paths.c: follows two graphs at once, with the set of calls that get there. */
#include "profile/paths.h"

#include <stdlib.h>

#include "profile/boxes.h"

#define BUDGET 2000000
#define MOST   50000000

void paths_begin(
	struct paths *w, const struct graph *g, uint32_t arch, uint32_t nr)
{
	*w = (struct paths){ .g = g, .budget = BUDGET, .most = MOST };
	region_all(&w->r);
	paths_set(w, WORD_ARCH, arch);
	paths_set(w, WORD_NR, nr);
}

void paths_end(struct paths *w)
{
	free(w->tests.tests);
	w->tests.tests = NULL;
}

void paths_set(struct paths *w, unsigned word, uint32_t value)
{
	w->r.low[word] = w->r.high[word] = value;
}

struct paths_mark paths_mark(const struct paths *w, unsigned word)
{
	return (struct paths_mark){ w->tests.n, w->r.head[word], w->r.low[word],
		w->r.high[word] };
}

bool paths_add(struct paths *w, struct region_test test)
{
	return region_add(&w->r, &w->tests, test);
}

bool paths_sure(struct paths *w, struct region_test test)
{
	const struct paths_mark mark = paths_mark(w, test.word);
	bool some;

	if (region_shows(&w->r, &w->tests, test))
		return false;
	test.truth = !test.truth;
	some = paths_add(w, test);
	paths_back(w, test.word, &mark);
	return !some;
}

void paths_back(struct paths *w, unsigned word, const struct paths_mark *mark)
{
	w->tests.n = mark->tests;
	w->r.head[word] = mark->head;
	w->r.low[word] = mark->low;
	w->r.high[word] = mark->high;
}

static bool same_test(const struct graph_node *a, const struct graph_node *b)
{
	return !b->leaf && a->word == b->word && a->mask == b->mask &&
	       a->op == b->op && a->k == b->k;
}

bool paths_follow(struct paths *w, uint32_t a, uint32_t b)
{
	const struct graph_node *x = &w->g->nodes[a], *y = &w->g->nodes[b];
	const struct graph_node *n = x->leaf ? y : x;
	struct paths_mark mark;

	if (w->skip && w->skip(w->context, w, a, b))
		return true;
	if (w->covered && w->covered(w->context, w))
		return true;
	if (n->leaf)
		return w->end(w->context, w, a, b);
	mark = paths_mark(w, n->word);
	for (int truth = 1; truth >= 0; truth--) {
		const uint32_t next_a = x->leaf ? a : truth ? x->yes : x->no;
		const uint32_t next_b = !same_test(n, y) ? b
					: truth		 ? y->yes
							 : y->no;
		bool on = true;

		if (!w->budget || w->tests.work > w->most)
			return false;
		w->budget--;
		w->tests.work++;
		/* Asked before the test is made, which costs more. */
		if (w->skip && w->skip(w->context, w, next_a, next_b))
			continue;
		if (paths_add(w, graph_test(n, truth)))
			on = paths_follow(w, next_a, next_b);
		paths_back(w, n->word, &mark);
		if (!on)
			return false;
	}
	return true;
}
