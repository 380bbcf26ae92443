/* SPDX-License-Identifier: MIT */
/*
 * region.c: sets of system calls. Of each word there are bounds, and tests
 * that bounds do not say: "not k", and those under a mask.
 */
#include "profile/region.h"

#include <stdlib.h>
#include <string.h>

#define WHOLE	 0xffffffffu
#define SEARCH	 64 /* tests of one word, some of them under masks */
#define PREFIXES 256

void region_all(struct region *r)
{
	memset(r, 0, sizeof(*r));
	for (int i = 0; i < REGION_WORDS; i++)
		r->high[i] = WHOLE;
}

static bool passes(const struct region_test *t, uint32_t word)
{
	uint32_t a = word & t->mask;
	bool yes = t->op == REGION_EQ	? a == t->k
		   : t->op == REGION_GT ? a > t->k
					: a >= t->k;

	return yes == t->truth;
}

static bool passes_all(struct region_tests *t, size_t head, uint32_t word)
{
	for (size_t i = head; i; i = t->tests[i - 1].next) {
		t->work++;
		if (!passes(&t->tests[i - 1], word))
			return false;
	}
	return true;
}

/* Words that begin alike, from the highest bit on, and leave the same tests
 * open: one stands for all. The others are passed. */
struct prefix {
	uint64_t open; /* bit I: the word is test I's constant so far */
	uint32_t word;
};

struct search {
	size_t n, nnow;
	uint64_t work;
	struct region_test tests[SEARCH];
	struct prefix now[PREFIXES];
	bool lost;
};

static void keep(struct search *s, const struct prefix *p)
{
	for (size_t i = 0; i < s->nnow; i++)
		if (s->now[i].open == p->open)
			return;
	if (s->nnow < PREFIXES)
		s->now[s->nnow++] = *p;
	else
		s->lost = true;
}

/* The word has P's bits, then ONE at BIT. False: a test fails. */
static bool extend(const struct search *s, struct prefix *p, int bit, bool one)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct region_test *t = &s->tests[i];
		bool a = one && t->mask >> bit & 1, k = t->k >> bit & 1;

		if (!(p->open >> i & 1) || a == k)
			continue;
		if ((a && t->op != REGION_EQ) != t->truth)
			return false;
		p->open &= ~((uint64_t)1 << i);
	}
	p->word |= (uint32_t)one << bit;
	return true;
}

static void extend_all(struct search *s, int bit)
{
	struct prefix before[PREFIXES];
	size_t n = s->nnow;

	memcpy(before, s->now, n * sizeof(*before));
	s->work += n * s->n;
	s->nnow = 0;
	for (size_t i = 0; i < n; i++)
		for (int one = 0; one < 2; one++) {
			struct prefix p = before[i];

			if (extend(s, &p, bit, one))
				keep(s, &p);
		}
}

static bool search(struct search *s, uint32_t *found)
{
	s->now[s->nnow++] =
		(struct prefix){ .open = s->n < 64 ? ((uint64_t)1 << s->n) - 1
						   : UINT64_MAX };
	for (int bit = 31; bit >= 0; bit--)
		extend_all(s, bit);
	for (size_t i = 0; i < s->nnow; i++) {
		bool passed = true;

		*found = s->now[i].word;
		for (size_t k = 0; k < s->n; k++)
			passed = passed && passes(&s->tests[k], *found);
		if (passed)
			return true;
	}
	return false;
}

static bool search_masked(const struct region *r, struct region_tests *t,
	unsigned word, uint32_t *value)
{
	struct search s = { .n = 2 };
	size_t i = r->head[word];
	bool some;

	s.tests[0] = (struct region_test){ word, WHOLE, REGION_GE, r->low[word],
		true, 0 };
	s.tests[1] = (struct region_test){ word, WHOLE, REGION_GT,
		r->high[word], false, 0 };
	for (; i && s.n < SEARCH; i = t->tests[i - 1].next)
		s.tests[s.n++] = t->tests[i - 1];
	some = !i && search(&s, value);
	t->work += s.work;
	if (some)
		return true;
	if (!i && !s.lost)
		return false;
	t->lost = true;
	*value = r->low[word];
	return true;
}

static bool is_within(const struct region *r, unsigned word, uint32_t value)
{
	return value >= r->low[word] && value <= r->high[word];
}

/* The same, of those that begin with the lowest. */
static bool find_lowest(const struct region *r, struct region_tests *t,
	unsigned word, size_t n, uint32_t *value)
{
	const uint64_t all = (uint64_t)r->high[word] - r->low[word] + 1;

	for (uint64_t tried = 0; tried < all && tried < n; tried++) {
		*value = r->low[word] + (uint32_t)tried;
		if (passes_all(t, r->head[word], *value))
			return true;
	}
	return false;
}

/* A value of WORD, if there is one, or when that is too much to decide. */
static bool find(const struct region *r, struct region_tests *t, unsigned word,
	uint32_t *value)
{
	const uint64_t all = (uint64_t)r->high[word] - r->low[word] + 1;
	struct region_test *top;

	*value = r->low[word];
	if (!r->head[word])
		return true;
	top = &t->tests[r->head[word] - 1];
	*value = top->value;
	if (top->known && is_within(r, word, *value))
		return true;
	/* Of N + 1 values, N tests "not k" leave one. */
	if (find_lowest(r, t, word, top->n + 1, value) ||
		(all > top->n + 1 && top->masked &&
			search_masked(r, t, word, value))) {
		top->value = *value;
		top->known = passes_all(t, r->head[word], *value);
		return true;
	}
	return false;
}

/* Whether there is one. */
static bool is_some(
	const struct region *r, struct region_tests *t, unsigned word)
{
	const uint64_t all = (uint64_t)r->high[word] - r->low[word] + 1;
	const size_t head = r->head[word];
	uint32_t value;

	t->work++;
	if (!head || (!t->tests[head - 1].masked && t->tests[head - 1].n < all))
		return true;
	return find(r, t, word, &value);
}

/* What is known of TEST's word with it, which is pushed on what R has. */
static void know(const struct region *r, const struct region_tests *t,
	struct region_test *test)
{
	const size_t head = r->head[test->word];
	const struct region_test *top = head ? &t->tests[head - 1] : NULL;

	test->next = head;
	test->n = top ? top->n + 1 : 1;
	test->masked = test->mask != WHOLE || (top && top->masked);
	test->value = top ? top->value : r->low[test->word];
	test->known = (!top || top->known) && passes(test, test->value);
}

static bool push(struct region *r, struct region_tests *t,
	const struct region_test *test)
{
	if (t->n == t->size) {
		size_t size = t->size ? 2 * t->size : 64;
		struct region_test *more =
			realloc(t->tests, size * sizeof(*more));

		if (!more) {
			t->lost = true;
			return false;
		}
		t->tests = more;
		t->size = size;
	}
	t->tests[t->n] = *test;
	know(r, t, &t->tests[t->n]);
	r->head[test->word] = ++t->n;
	return true;
}

/* The bounds that TEST, of a whole word, sets; false: it sets none. */
static bool bounds(const struct region_test *t, uint32_t *low, uint32_t *high)
{
	switch (t->op) {
	case REGION_EQ:
		*low = *high = t->k;
		return t->truth;
	case REGION_GT:
		*low = t->truth ? t->k + 1 : 0;
		*high = t->truth ? WHOLE : t->k;
		return true;
	default:
		*low = t->truth ? t->k : 0;
		*high = t->truth ? WHOLE : t->k - 1;
		return true;
	}
}

/* A test that no word passes, or that each does. */
static bool is_constant(const struct region_test *t, bool *passed)
{
	bool none = t->op == REGION_GT && t->k == WHOLE;
	bool each = t->op == REGION_GE && t->k == 0;

	*passed = (each && t->truth) || (none && !t->truth);
	return none || each;
}

bool region_add(
	struct region *r, struct region_tests *t, struct region_test test)
{
	uint32_t low, high, *at_low = &r->low[test.word],
			    *at_high = &r->high[test.word];
	bool passed;

	if (!test.mask)
		return passes(&test, 0);
	if (is_constant(&test, &passed))
		return passed;
	if (test.mask == WHOLE && bounds(&test, &low, &high)) {
		if (low <= *at_low && high >= *at_high)
			return true;
		*at_low = low > *at_low ? low : *at_low;
		*at_high = high < *at_high ? high : *at_high;
		if (*at_low > *at_high)
			return false;
	} else if (test.mask == WHOLE &&
		   (test.k < *at_low || test.k > *at_high)) {
		return true;
	} else if (!push(r, t, &test)) {
		return true;
	}
	return is_some(r, t, test.word);
}

bool region_shows(
	const struct region *r, struct region_tests *t, struct region_test test)
{
	const size_t head = r->head[test.word];
	uint32_t value;

	return find(r, t, test.word, &value) && !passes(&test, value) &&
	       (!head || t->tests[head - 1].known);
}

bool region_some(const struct region *r, struct region_tests *t,
	struct seccomp_data *data)
{
	uint32_t words[REGION_WORDS];

	_Static_assert(sizeof(words) == sizeof(*data), "words of the data");
	for (unsigned i = 0; i < REGION_WORDS; i++)
		if (!find(r, t, i, &words[i]) ||
			!passes_all(t, r->head[i], words[i]))
			return false;
	memcpy(data, words, sizeof(words));
	return true;
}
