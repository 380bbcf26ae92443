/* SPDX-License-Identifier: MIT */
/* test_search.c: the search for what is needed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "minimize/search.h"

/* What does: every set that holds NEEDED, or EITHER in place of its lowest;
 * but, when NEVER is not empty, none that holds all of NEVER. */
struct world {
	uint32_t needed, either, never;
	int tests, stop_at;
};

static uint32_t mask(const bool *keep, size_t n)
{
	uint32_t m = 0;

	for (size_t i = 0; i < n; i++)
		m |= (uint32_t)keep[i] << i;
	return m;
}

static bool does(const struct world *w, uint32_t m)
{
	uint32_t lowest = w->needed & -w->needed;

	if (w->never && (m & w->never) == w->never)
		return false;
	if ((m & w->needed) == w->needed)
		return true;
	return w->either && (m & w->either) == w->either &&
	       (m & (w->needed & ~lowest)) == (w->needed & ~lowest);
}

static int test(void *with, const bool *keep, size_t n)
{
	struct world *w = with;

	if (++w->tests == w->stop_at)
		return -5;
	return does(w, mask(keep, n));
}

static void prefix_of_every_length(void **state)
{
	(void)state;
	for (size_t n = 0; n <= 20; n++)
		for (size_t k = 0; k <= n; k++) {
			struct world w = { .needed = (1u << k) - 1 };
			bool keep[20] = { false };

			assert_int_equal(minimize_prefix(keep, n, test, &w), 0);
			assert_int_equal(mask(keep, n), w.needed);
			assert_true(w.tests <= 8);
			/* All are needed, as mostly: one test tells. */
			if (k == n && n)
				assert_int_equal(w.tests, 1);
		}
}

/* Everything is tried, what is DOUBTFUL in halves. */
static int from_all(bool *keep, uint32_t doubtful, size_t n, struct world *w)
{
	bool flags[32];

	for (size_t i = 0; i < n; i++) {
		keep[i] = true;
		flags[i] = doubtful >> i & 1;
	}
	return minimize_subset(keep, flags, n, test, NULL, w);
}

/* Every set of needed things is found, whatever it is. */
static void subset_of_every_kind(void **state)
{
	const size_t n = 10;
	const uint32_t all = (1u << n) - 1;

	(void)state;
	for (uint32_t needed = 0; needed <= all; needed++) {
		struct world w = { .needed = needed };
		bool keep[10];

		assert_int_equal(from_all(keep, all, n, &w), 0);
		assert_int_equal(mask(keep, n), needed);
		assert_true(w.tests <= 3 * (int)n);
		/* Where all that is needed is beyond doubt: a test each, and
		 * one for the rest. */
		w.tests = 0;
		assert_int_equal(from_all(keep, all & ~needed, n, &w), 0);
		assert_int_equal(mask(keep, n), needed);
		assert_int_equal(
			w.tests, (needed != all) + __builtin_popcount(needed));
	}
}

static void few_of_many_cost_few_tests(void **state)
{
	struct world w = { .needed = 1u << 17 };
	bool keep[30];

	(void)state;
	assert_int_equal(from_all(keep, (1u << 30) - 1, 30, &w), 0);
	assert_int_equal(mask(keep, 30), w.needed);
	assert_true(w.tests < 15);
}

/* Where more is not always better, what is left is 1-minimal all the same. */
static void worlds_that_are_not_monotone(void **state)
{
	const size_t n = 9;

	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct world w = {
			.needed = (uint32_t)rand() & (uint32_t)rand() & 0x1ff,
			.either = (uint32_t)rand() & (uint32_t)rand() & 0x1ff,
			.never = (uint32_t)rand() & 0x1ff,
		};
		bool keep[9];
		uint32_t m;

		if (!does(&w, 0x1ff))
			continue;
		assert_int_equal(from_all(keep, (uint32_t)rand(), n, &w), 0);
		m = mask(keep, n);
		assert_true(does(&w, m));
		for (size_t k = 0; k < n; k++)
			if (m >> k & 1)
				assert_false(does(&w, m & ~(1u << k)));
	}
	/* One of those that do without their lowest. */
	{
		struct world w = { .needed = 0x003, .either = 0x180 };
		bool keep[9];

		assert_int_equal(from_all(keep, 0x1ff, n, &w), 0);
		assert_true(mask(keep, n) == 0x182 || mask(keep, n) == 0x003);
	}
}

/* A program that makes N calls, one after the other. */
struct program {
	uint32_t needed; /* without one of these the result is wrong */
	bool stops;	 /* at the first one that is missing */
	uint32_t missed; /* in the last test */
	int tests;
};

static int run_program(void *with, const bool *keep, size_t n)
{
	struct program *p = with;

	p->tests++;
	p->missed = 0;
	for (size_t i = 0; i < n; i++) {
		p->missed |= (uint32_t)!keep[i] << i;
		if (p->stops && !keep[i] && p->needed >> i & 1)
			return 0;
	}
	return (mask(keep, n) & p->needed) == p->needed;
}

static size_t missed_last(void *with, size_t *list)
{
	const struct program *p = with;
	size_t n = 0;

	for (size_t i = 32; i--;)
		if (p->missed >> i & 1)
			list[n++] = i;
	return n;
}

static void growing_finds_what_is_needed(void **state)
{
	const size_t n = 9;

	(void)state;
	for (uint32_t needed = 0; needed < 1u << n; needed++)
		for (uint32_t known = 0; known < 1u << n; known += 7) {
			struct program p = { .needed = needed, .stops = true };
			bool keep[9], doubtful[9];

			for (size_t i = 0; i < n; i++)
				keep[i] = known >> i & 1;
			assert_int_equal(minimize_grow(keep, doubtful, n,
						 run_program, missed_last, &p),
				0);
			/* It stops where it fails: each guess is right. */
			assert_int_equal(mask(keep, n), needed | known);
			assert_int_equal(mask(doubtful, n), 0);
			assert_int_equal(p.tests,
				1 + __builtin_popcount(needed & ~known));
			/* It goes on: all of it may be a guess. */
			p.stops = false;
			p.tests = 0;
			for (size_t i = 0; i < n; i++)
				keep[i] = known >> i & 1;
			assert_int_equal(minimize_grow(keep, doubtful, n,
						 run_program, missed_last, &p),
				0);
			assert_int_equal(mask(keep, n) & (needed | known),
				needed | known);
			assert_true(p.tests <= 6);
		}
}

/* It fails, and nothing that was refused can be why. */
static int no_way(void *with, const bool *keep, size_t n)
{
	(void)with, (void)keep, (void)n;
	return 0;
}

static size_t none(void *with, size_t *list)
{
	(void)with, (void)list;
	return 0;
}

static void growing_without_a_guess_takes_all(void **state)
{
	bool keep[3] = { false, true, false }, doubtful[3];

	(void)state;
	assert_int_equal(
		minimize_grow(keep, doubtful, 3, no_way, none, NULL), 0);
	assert_int_equal(mask(keep, 3), 7);
	assert_int_equal(mask(doubtful, 3), 5);
}

static void what_ends_a_test_ends_the_search(void **state)
{
	(void)state;
	for (int at = 1; at < 6; at++) {
		struct world w = { .needed = 0x2a5, .stop_at = at };
		bool keep[10];
		int ret;

		assert_int_equal(from_all(keep, 0x3ff, 10, &w), -5);
		assert_int_equal(w.tests, at);
		w = (struct world){ .needed = 0x3, .stop_at = at };
		ret = minimize_prefix(keep, 10, test, &w);
		assert_int_equal(ret, at <= w.tests ? -5 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefix_of_every_length),
		cmocka_unit_test(subset_of_every_kind),
		cmocka_unit_test(few_of_many_cost_few_tests),
		cmocka_unit_test(worlds_that_are_not_monotone),
		cmocka_unit_test(growing_finds_what_is_needed),
		cmocka_unit_test(growing_without_a_guess_takes_all),
		cmocka_unit_test(what_ends_a_test_ends_the_search),
	};

	return cmocka_run_group_tests_name("minimize", tests, NULL, NULL);
}
