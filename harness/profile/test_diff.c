/* SPDX-License-Identifier: MIT */
/*
 * test_diff.c: differences of two filters beside both of them when they run:
 * all calls of all architectures, arguments at the edges.
 */
#include "profile/test_profile.h"

#include "profile/diff.h"
#include "profile/random.h"
#include "profile/verdict.h"
#include "sys/arch.h"

#define N(a) (sizeof(a) / sizeof(*(a)))

static const struct diff_of all = { 0, 0, UINT32_MAX };

static uint32_t said(const struct filter *bpf, const struct seccomp_data *data)
{
	return verdict_effect(bpf_run(bpf->insns, bpf->ninsns, data));
}

/* Whether DATA's architecture is the change's. */
static bool is_of(const struct diff *d, const struct change *c, uint32_t arch)
{
	if (!c->other)
		return c->arch == arch;
	/* No other change names it, nor is it one of this machine's. */
	for (size_t i = 0; i < d->n; i++)
		if (!d->list[i].other && d->list[i].arch == arch)
			return false;
	return arch != ARCH_NATIVE && arch != ARCH_COMPAT;
}

/* What the differences say of a call is what the filters do. */
static void check(const struct diff *d, const struct filter *a,
	const struct filter *b, const struct seccomp_data *data)
{
	const uint32_t x = said(a, data), y = b ? said(b, data) : 0;
	size_t told = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct change *c = &d->list[i];
		const struct cases *cases = &d->cases[c->cases].c;

		if (!is_of(d, c, data->arch) || (uint32_t)data->nr < c->first ||
			(uint32_t)data->nr > c->last)
			continue;
		for (size_t k = 0; k < cases->n; k++) {
			const struct verdict_case *v = &cases->list[k];

			if (!cases->whole || !conditions_hold(&v->where, data))
				continue;
			assert_int_equal(v->a, x);
			assert_int_equal(v->b, y);
			told++;
		}
	}
	if (d->whole)
		assert_int_equal(told, !b || x != y);
	else
		assert_true(!told || !b || x != y);
}

static void check_examples(
	const struct diff *d, const struct filter *a, const struct filter *b)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct change *c = &d->list[i];
		const struct cases *cases = &d->cases[c->cases].c;

		for (size_t k = 0; k < cases->n; k++) {
			struct seccomp_data data = cases->list[k].example;

			data.arch = c->arch;
			data.nr = (int)c->first;
			assert_int_equal(said(a, &data), cases->list[k].a);
			if (b)
				assert_int_equal(
					said(b, &data), cases->list[k].b);
			data.nr = (int)c->last;
			assert_int_equal(said(a, &data), cases->list[k].a);
			if (b)
				assert_int_equal(
					said(b, &data), cases->list[k].b);
		}
	}
}

/* All that one filter says: each call is told once, and so is what it meets. */
static void rules(void **state)
{
	static struct filter a;
	size_t whole = 0;

	(void)state;
	random_seed(13);
	for (int i = 0; i < 300; i++) {
		uint32_t words[REGION_WORDS];
		struct seccomp_data data;
		struct diff d;

		random_filter(&a);
		assert_true(diff_filters(&d, &a, NULL, &all));
		check_examples(&d, &a, NULL);
		whole += d.whole;
		for (int k = 0; k < 60; k++) {
			random_words(words);
			memcpy(&data, words, sizeof(data));
			data.arch = k & 1 ? ARCH_NATIVE : ARCH_COMPAT;
			check(&d, &a, NULL, &data);
		}
		diff_free(&d);
	}
	assert_true(whole > 100);
}

/* Any filters: one has an instruction of another. */
static void any_filters(void **state)
{
	static struct filter a, b, other;
	size_t whole = 0, some = 0;

	(void)state;
	random_seed(11);
	for (int i = 0; i < 600; i++) {
		size_t bad, at = random_below(39);
		uint32_t words[REGION_WORDS];
		struct seccomp_data data;
		struct diff d;

		random_filter(&a);
		random_filter(&other);
		b = a;
		b.insns[at] = other.insns[at];
		if (bpf_check(b.insns, b.ninsns, &bad))
			continue;
		assert_true(diff_filters(&d, &a, &b, &all));
		check_examples(&d, &a, &b);
		whole += d.whole;
		some += d.whole && d.n;
		for (int k = 0; k < 60; k++) {
			random_words(words);
			memcpy(&data, words, sizeof(data));
			/* Of others, one stands for several. */
			if (data.arch == ARCH_NATIVE ||
				data.arch == ARCH_COMPAT)
				check(&d, &a, &b, &data);
		}
		diff_free(&d);
	}
	assert_true(whole > 200);
	assert_true(some > 50);
}

static const struct {
	uint32_t arch;
	int bit;
} ways[] = { { AUDIT_ARCH_X86_64, 0 }, { AUDIT_ARCH_X86_64, ARCH_X32_BIT },
	{ AUDIT_ARCH_I386, 0 }, { AUDIT_ARCH_AARCH64, 0 }, { 0, 0 } };

/* All numbers, with arguments at and beside what M's rules compare. */
static size_t check_all(const struct diff *d, const struct filter *a,
	const struct filter *b, const struct meaning *m)
{
	struct random_calls calls;
	size_t n = 0;

	random_calls(&calls, m);
	for (size_t w = 0; w < N(ways); w++)
		for (int nr = -1; nr < 600; nr++)
			for (int k = 0; k < 4; k++) {
				struct seccomp_data data;

				random_call(&calls, &data);
				data.arch = ways[w].arch;
				data.nr = nr | ways[w].bit;
				check(d, a, b, &data);
				n++;
			}
	return n;
}

static void build(struct profile *p, struct filter *bpf, struct meaning *m)
{
	struct profile_error err = { "" };

	/* Some are too long for the kernel. */
	for (;;) {
		random_profile(p);
		p->silent = true;
		if (!profile_build(p, AUDIT_ARCH_X86_64, bpf, &err))
			break;
		free(p->rules);
	}
	assert_true(meaning_read(m, p, AUDIT_ARCH_X86_64));
}

static void profiles(void **state)
{
	static struct filter a, b;
	size_t some = 0;

	(void)state;
	random_seed(12);
	for (int i = 0; i < 8; i++) {
		struct profile p = { 0 }, q = { 0 };
		struct meaning m, k;
		struct diff d;

		build(&p, &a, &m);
		build(&q, &b, &k);
		assert_true(diff_filters(&d, &a, &b, &all));
		assert_true(d.whole);
		some += d.n > 0;
		check_examples(&d, &a, &b);
		check_all(&d, &a, &b, &m);
		check_all(&d, &a, &b, &k);
		diff_free(&d);
		assert_true(diff_filters(&d, &a, &a, &all));
		assert_true(d.whole && !d.n);
		diff_free(&d);
		assert_true(diff_filters(&d, &a, NULL, &all));
		assert_true(d.whole);
		check_examples(&d, &a, NULL);
		check_all(&d, &a, NULL, &m);
		diff_free(&d);
		meaning_free(&m);
		meaning_free(&k);
		free(p.rules);
		free(q.rules);
	}
	assert_true(some > 4);
}

/* The same calls by other instructions: no difference, and that is proven. */
static void same(void **state)
{
	static const struct sock_filter one[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 4095),
	};
	static const struct sock_filter two[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 3, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 2, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 2, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5000),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW | 7),
	};
	static struct filter a = { .mode = FILTER_BPF, .ninsns = N(one) };
	static struct filter b = { .mode = FILTER_BPF, .ninsns = N(two) };
	struct diff d;

	(void)state;
	memcpy(a.insns, one, sizeof(one));
	memcpy(b.insns, two, sizeof(two));
	assert_true(diff_filters(&d, &a, &b, &all));
	assert_true(d.whole && !d.n);
	diff_free(&d);
	a.insns[3].k = 4;
	assert_true(diff_filters(&d, &a, &b, &all));
	assert_true(d.whole);
	assert_true(d.n > 0);
	for (size_t i = 0; i < d.n; i++)
		assert_int_equal(d.list[i].first, 1);
	diff_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(any_filters),
		cmocka_unit_test(profiles),
		cmocka_unit_test(same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
