/* SPDX-License-Identifier: MIT */
/*
 * test_cases.c: conditions beside what filters say when they run: of each call
 * one case holds, and it has the verdict.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "profile/cases.h"
#include "profile/random.h"
#include "profile/verdict.h"

#define ARCH  0xc000003e
#define NR    1
#define TRIES 3000
#define N(a)  (sizeof(a) / sizeof(*(a)))

static uint32_t said(const struct filter *bpf, const struct seccomp_data *data)
{
	return verdict_effect(bpf_run(bpf->insns, bpf->ninsns, data));
}

/* Each condition that DATA fulfils is of its verdicts; how many there are. */
static size_t holding(const struct cases *c, const struct seccomp_data *data,
	uint32_t a, uint32_t b)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (conditions_hold(&c->list[i].where, data)) {
			assert_int_equal(c->list[i].a, a);
			assert_int_equal(c->list[i].b, b);
			n++;
		}
	return n;
}

static void any_call(struct seccomp_data *data)
{
	uint32_t words[REGION_WORDS];

	random_words(words);
	words[0] = NR;
	words[1] = ARCH;
	memcpy(data, words, sizeof(words));
}

static void examples(const struct cases *c, const struct filter *one,
	const struct filter *two)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct verdict_case *v = &c->list[i];

		assert_int_equal(v->a, said(one, &v->example));
		if (two)
			assert_int_equal(v->b, said(two, &v->example));
		if (c->whole)
			assert_true(conditions_hold(&v->where, &v->example));
	}
}

static void of_one(void **state)
{
	static struct filter bpf;
	size_t whole = 0, several = 0;

	(void)state;
	random_seed(5);
	for (int i = 0; i < TRIES; i++) {
		uint64_t work = CASES_WORK;
		struct cases_of of = { .arch = ARCH, .nr = NR, .work = &work };
		struct cases c;
		struct graph g;

		random_filter(&bpf);
		assert_true(graph_begin(&g));
		of.g = &g;
		of.a = graph_call(&g, graph_add(&g, &bpf), &bpf, ARCH, NR);
		of.b = graph_leaf(&g, 0);
		cases_find(&c, &of);
		examples(&c, &bpf, NULL);
		whole += c.whole;
		several += c.n > 2;
		for (int k = 0; k < 40; k++) {
			struct seccomp_data data;
			size_t n;

			any_call(&data);
			n = holding(&c, &data, said(&bpf, &data), 0);
			assert_true(n == 1 || (!n && !c.whole));
		}
		cases_free(&c);
		graph_end(&g);
	}
	assert_true(whole > TRIES / 2);
	assert_true(several > TRIES / 50);
}

/* Of a filter and one that has another instruction. */
static void of_two(void **state)
{
	static struct filter one, two, other;
	size_t whole = 0, some = 0, shown = 0;

	(void)state;
	random_seed(6);
	for (int i = 0; i < TRIES; i++) {
		uint64_t work = CASES_WORK;
		struct cases_of of = {
			.arch = ARCH, .nr = NR, .differ = true, .work = &work
		};
		struct cases c;
		struct graph g;
		size_t bad, at = random_below(39);

		random_filter(&one);
		random_filter(&other);
		two = one;
		two.insns[at] = other.insns[at];
		if (bpf_check(two.insns, two.ninsns, &bad))
			continue;
		assert_true(graph_begin(&g));
		of.g = &g;
		of.a = graph_call(&g, graph_add(&g, &one), &one, ARCH, NR);
		of.b = graph_call(&g, graph_add(&g, &two), &two, ARCH, NR);
		cases_find(&c, &of);
		examples(&c, &one, &two);
		whole += c.whole;
		some += c.n > 0;
		for (int k = 0; k < 40; k++) {
			struct seccomp_data data;
			uint32_t a, b;
			size_t n;

			any_call(&data);
			a = said(&one, &data);
			b = said(&two, &data);
			n = holding(&c, &data, a, b);
			assert_true(n == (a != b) || (!n && !c.whole));
			shown += n;
		}
		cases_free(&c);
		graph_end(&g);
	}
	assert_true(whole > TRIES / 4);
	assert_true(some > TRIES / 50);
	assert_true(shown > TRIES / 50);
}

/* What libseccomp makes of one comparison of 64 bits is one again. */
static const struct {
	unsigned n;
	struct region_test tests[3][2];
	unsigned ntests[3];
	size_t ranges;
	struct range r[2];
} known[] = {
	/* arg0 != 5 */
	{ 2,
		{ { { 5, ~0u, REGION_EQ, 0, false, 0 } },
			{ { 4, ~0u, REGION_EQ, 5, false, 0 } } },
		{ 1, 1 }, 2, { { 0, 4 }, { 6, UINT64_MAX } } },
	/* arg0 > 7 */
	{ 2,
		{ { { 5, ~0u, REGION_GT, 0, true, 0 } },
			{ { 5, ~0u, REGION_EQ, 0, true, 0 },
				{ 4, ~0u, REGION_GT, 7, true, 0 } } },
		{ 1, 2 }, 1, { { 8, UINT64_MAX } } },
	/* arg0 is 1, 2 or 3 */
	{ 3,
		{ { { 5, ~0u, REGION_EQ, 0, true, 0 },
			  { 4, ~0u, REGION_EQ, 3, true, 0 } },
			{ { 5, ~0u, REGION_EQ, 0, true, 0 },
				{ 4, ~0u, REGION_EQ, 1, true, 0 } },
			{ { 5, ~0u, REGION_EQ, 0, true, 0 },
				{ 4, ~0u, REGION_EQ, 2, true, 0 } } },
		{ 2, 2, 2 }, 1, { { 1, 3 } } },
};

static void joined(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(known); i++) {
		struct conditions c = { 0 };

		for (unsigned k = 0; k < known[i].n; k++)
			assert_true(conditions_add(
				&c, known[i].tests[k], known[i].ntests[k]));
		conditions_join(&c);
		assert_int_equal(c.n, 1);
		assert_int_equal(c.list[0].on[0].whole.n, known[i].ranges);
		assert_memory_equal(c.list[0].on[0].whole.r, known[i].r,
			known[i].ranges * sizeof(struct range));
		conditions_free(&c);
	}
}

/* Sets of 6 bits beside words of 64. */
static void sets(void **state)
{
	(void)state;
	random_seed(7);
	for (int i = 0; i < TRIES; i++) {
		struct ranges s = { 0 }, rest = { 0 };
		uint64_t want = 0;

		for (int k = 0; k < 8; k++) {
			uint64_t first = random_below(64);
			uint64_t last = first + random_below(64 - first);

			if (random_below(3)) {
				assert_true(ranges_add(&s, first, last));
				for (uint64_t v = first; v <= last; v++)
					want |= (uint64_t)1 << v;
			} else {
				assert_true(ranges_cut(&s, first));
				want &= ~((uint64_t)1 << first);
			}
		}
		assert_true(ranges_not(&s, 63, &rest));
		for (uint64_t v = 0; v < 64; v++) {
			assert_int_equal(ranges_has(&s, v), want >> v & 1);
			assert_int_equal(
				ranges_has(&rest, v), !(want >> v & 1));
		}
		for (size_t k = 1; k < s.n; k++)
			assert_true(s.r[k].first > s.r[k - 1].last + 1);
		ranges_free(&s);
		ranges_free(&rest);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets),
		cmocka_unit_test(joined),
		cmocka_unit_test(of_one),
		cmocka_unit_test(of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
