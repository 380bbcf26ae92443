/* SPDX-License-Identifier: MIT */
/*
 * cases.c: walks two graphs at once. What is known of the calls at the end of a
 * path is made weaker as long as all of them end alike; what is covered by that
 * is not walked again.
 */
#include "profile/cases.h"

#include <stdlib.h>
#include <string.h>

#include "profile/verdict.h"

#define LONG   48   /* tests; with more it covers little but itself */
#define MOST   8192 /* paths that are kept */
#define BUDGET 200000
#define WHOLE  0xffffffffu

/* Calls with these verdicts: all that pass the tests. */
struct cover {
	uint32_t a, b;
	size_t n;
	struct region_test *tests;
};

struct finder {
	const struct cases_of *of;
	struct cases *cases;
	size_t n, size;
	struct cover *covers;
};

static uint32_t effect(const struct paths *w, uint32_t leaf)
{
	return verdict_effect(w->g->nodes[leaf].k);
}

static bool is_covered(void *context, struct paths *w)
{
	struct finder *f = context;

	for (size_t i = f->n; i--;) {
		const struct cover *c = &f->covers[i];
		size_t k = c->n > LONG ? SIZE_MAX : 0;

		while (k < c->n && paths_sure(w, c->tests[k]))
			k++;
		if (k == c->n)
			return true;
	}
	return false;
}

static bool skip(void *context, const struct paths *w, uint32_t a, uint32_t b)
{
	const struct finder *f = context;

	return f->of->differ && a == b && !w->g->nodes[a].unknown;
}

/* Adds what is known of a word: its bounds, and tests that these do not say. */
static size_t word_tests(
	const struct paths *w, unsigned word, struct region_test *tests)
{
	const uint32_t low = w->r.low[word], high = w->r.high[word];
	struct region_test t = { .word = word, .mask = WHOLE, .truth = true };
	size_t n = 0;

	t.k = low;
	t.op = low == high ? REGION_EQ : REGION_GE;
	if (low == high || low)
		tests[n++] = t;
	t = (struct region_test){ word, WHOLE, REGION_GT, high, false, 0 };
	if (low != high && high != WHOLE)
		tests[n++] = t;
	for (size_t i = w->r.head[word]; i; i = w->tests.tests[i - 1].next) {
		t = w->tests.tests[i - 1];
		t.next = 0;
		if (t.mask != WHOLE || (t.k >= low && t.k <= high))
			tests[n++] = t;
	}
	return n;
}

static bool is_alike(void *context, struct paths *w, uint32_t a, uint32_t b)
{
	const struct cover *c = context;

	return a != GRAPH_UNKNOWN && b != GRAPH_UNKNOWN &&
	       effect(w, a) == c->a && effect(w, b) == c->b;
}

static bool skip_alike(
	void *context, const struct paths *w, uint32_t a, uint32_t b)
{
	const struct graph_node *x = &w->g->nodes[a], *y = &w->g->nodes[b];
	const struct cover *c = context;

	return !x->unknown && !y->unknown &&
	       x->verdicts == graph_bit(w->g, c->a) &&
	       y->verdicts == graph_bit(w->g, c->b);
}

static void spend(const struct finder *f, struct paths *w)
{
	uint64_t *left = f->of->work;

	*left -= w->tests.work < *left ? w->tests.work : *left;
	w->tests.work = 0;
}

/* Whether all calls that pass the tests of C but test WITHOUT end alike. */
static bool end_alike(const struct finder *f, struct cover *c, size_t without)
{
	const struct cases_of *of = f->of;
	struct paths w;
	bool some = true, alike;

	paths_begin(&w, of->g, of->arch, of->nr);
	w.budget = BUDGET;
	w.most = *of->work;
	w.context = c;
	w.end = is_alike;
	w.skip = skip_alike;
	for (size_t i = 0; i < c->n && some; i++)
		some = i == without || paths_add(&w, c->tests[i]);
	alike = some && paths_follow(&w, of->a, of->b) && !w.tests.lost;
	spend(f, &w);
	paths_end(&w);
	return alike;
}

static void weaken(const struct finder *f, struct cover *c)
{
	if (c->n > LONG)
		return;
	for (size_t i = c->n; i-- && *f->of->work;)
		if (end_alike(f, c, i)) {
			memmove(&c->tests[i], &c->tests[i + 1],
				(c->n - i - 1) * sizeof(*c->tests));
			c->n--;
		}
}

static struct verdict_case *case_of(struct finder *f, uint32_t a, uint32_t b,
	const struct seccomp_data *example)
{
	struct cases *c = f->cases;

	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].a == a && c->list[i].b == b)
			return &c->list[i];
	if (c->n == c->size) {
		const size_t size = c->size ? 2 * c->size : 4;
		struct verdict_case *more =
			realloc(c->list, size * sizeof(*more));

		if (!more)
			return NULL;
		c->list = more;
		c->size = size;
	}
	c->list[c->n] = (struct verdict_case){ a, b, { 0 }, *example, 0 };
	return &c->list[c->n++];
}

static bool room(struct finder *f)
{
	const size_t size = f->size ? 2 * f->size : 16;
	struct cover *more;

	if (f->n < f->size)
		return true;
	more = size <= MOST ? realloc(f->covers, size * sizeof(*more)) : NULL;
	if (!more)
		return false;
	f->covers = more;
	f->size = size;
	return true;
}

/* False: not all that is at this end can be told. */
static bool take(struct finder *f, struct paths *w, uint32_t a, uint32_t b)
{
	struct cover *c;
	struct seccomp_data example;
	struct verdict_case *to;
	size_t n = 2 * REGION_WORDS + w->tests.n;

	if (a == GRAPH_UNKNOWN || b == GRAPH_UNKNOWN || !room(f) ||
		!region_some(&w->r, &w->tests, &example))
		return false;
	if (f->of->differ && effect(w, a) == effect(w, b))
		return true;
	c = &f->covers[f->n];
	*c = (struct cover){ effect(w, a), effect(w, b), 0,
		calloc(n, sizeof(*c->tests)) };
	if (!c->tests)
		return false;
	f->n++;
	for (unsigned word = 2; word < REGION_WORDS; word++)
		c->n += word_tests(w, word, c->tests + c->n);
	weaken(f, c);
	to = case_of(f, c->a, c->b, &example);
	if (to)
		to->tests += c->n;
	/* What is not whole says no conditions. */
	return to &&
	       (!f->cases->whole || conditions_add(&to->where, c->tests, c->n));
}

static bool end(void *context, struct paths *w, uint32_t a, uint32_t b)
{
	struct finder *f = context;

	if (!take(f, w, a, b))
		f->cases->whole = false;
	spend(f, w);
	w->most = *f->of->work;
	return f->n < MOST;
}

void cases_find(struct cases *c, const struct cases_of *of)
{
	struct finder f = { .of = of, .cases = c };
	struct paths w;

	*c = (struct cases){ .whole = true };
	paths_begin(&w, of->g, of->arch, of->nr);
	w.most = *of->work;
	w.context = &f;
	w.skip = skip;
	w.covered = is_covered;
	w.end = end;
	if (!paths_follow(&w, of->a, of->b) || w.tests.lost)
		c->whole = false;
	spend(&f, &w);
	paths_end(&w);
	for (size_t i = 0; i < c->n && c->whole; i++)
		conditions_join(&c->list[i].where);
	for (size_t i = 0; i < f.n; i++)
		free(f.covers[i].tests);
	free(f.covers);
}

void cases_free(struct cases *c)
{
	for (size_t i = 0; i < c->n; i++)
		conditions_free(&c->list[i].where);
	free(c->list);
	*c = (struct cases){ 0 };
}
