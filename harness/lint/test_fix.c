/* SPDX-License-Identifier: MIT */
/* test_fix.c: comparisons made narrow, and proofs that have to fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "lint/find.h"
#include "lint/fix.h"
#include "profile/profile.h"
#include "profile/random.h"
#include "sys/calls.h"

static bool holds(const struct scmp_arg_cmp *c, uint64_t v)
{
	switch (c->op) {
	case SCMP_CMP_NE:
		return v != c->datum_a;
	case SCMP_CMP_LT:
		return v < c->datum_a;
	case SCMP_CMP_LE:
		return v <= c->datum_a;
	case SCMP_CMP_EQ:
		return v == c->datum_a;
	case SCMP_CMP_GE:
		return v >= c->datum_a;
	case SCMP_CMP_GT:
		return v > c->datum_a;
	default:
		return (v & c->datum_a) == (c->datum_b & c->datum_a);
	}
}

static bool any_holds(const struct scmp_arg_cmp *c, size_t n, uint64_t v)
{
	for (size_t i = 0; i < n; i++)
		if (holds(&c[i], v))
			return true;
	return false;
}

static uint64_t random_value(uint64_t near)
{
	static const uint64_t high[] = { 0, 1ull << 16, 1ull << 32, 1ull << 63,
		0xffffffff00000000, 0xffff0000 };
	const uint64_t low = random_below(2) ? near + random_below(3) - 1
					     : near ^ 1ull << random_below(32);

	return low | high[random_below(6)];
}

/* By what the kernel takes: the lower bits alone. */
static void test_cubes(void **state)
{
	size_t some = 0;

	(void)state;
	random_seed(11);
	for (int i = 0; i < 20000; i++) {
		const unsigned bits = random_below(2) ? 16 : 32;
		const uint64_t all = (1ull << bits) - 1;
		const bool opens = random_below(2);
		struct scmp_arg_cmp c = { 0,
			(enum scmp_compare)(SCMP_CMP_NE + random_below(7)),
			random_below(65536) << random_below(17), 0 };
		struct scmp_arg_cmp out[FIX_CUBES];
		size_t n;

		if (c.op == SCMP_CMP_MASKED_EQ) {
			c.datum_a |= 0xffffffff00000000;
			c.datum_b = c.datum_a & random_below(65536);
		}
		n = fix_cubes(&c, bits, opens, out);
		assert_true(n <= FIX_CUBES);
		some += n > 0;
		for (int k = 0; n && k < 16; k++) {
			const uint64_t v = random_value(c.datum_a);
			const bool is = any_holds(out, n, v);

			assert_int_equal(is, any_holds(out, n, v & all));
			assert_int_equal(is, holds(&c, v & all));
			/* Nothing opens. */
			assert_true(opens ? !is || holds(&c, v)
					  : is || !holds(&c, v));
		}
	}
	assert_true(some > 5000);
}

static void test_flags(void **state)
{
	const struct scmp_arg_cmp eq = { 0, SCMP_CMP_EQ, 6, 0 };
	const struct scmp_arg_cmp ne = { 0, SCMP_CMP_NE, 6, 0 };
	struct scmp_arg_cmp out[FIX_CUBES];

	(void)state;
	assert_int_equal(fix_flags(&eq, true, out), 0);
	assert_int_equal(fix_flags(&ne, false, out), 0);
	for (uint64_t v = 0; v < 16; v++) {
		assert_int_equal(fix_flags(&eq, false, out), 1);
		assert_int_equal(any_holds(out, 1, v), (v & 6) == 6);
		assert_int_equal(fix_flags(&ne, true, out), 2);
		assert_int_equal(any_holds(out, 2, v), (v & 6) != 6);
	}
}

#define CALLS(names, action, rest)                                             \
	"{ \"names\": [" names "], \"action\": \"SCMP_ACT_" action "\"" rest   \
	" }"
#define SOCKET(op, value)                                                      \
	CALLS("\"socket\"", "ERRNO",                                           \
		", \"args\": [ { \"index\": 0, \"op\": \"SCMP_CMP_" op         \
		"\", \"value\": " value " } ]")
#define UNDER(mask, value)                                                     \
	CALLS("\"socket\"", "ERRNO",                                           \
		", \"args\": [ { \"index\": 0, "                               \
		"\"op\": \"SCMP_CMP_MASKED_EQ\", "                             \
		"\"value\": " mask ", \"valueTwo\": " value " } ]")
#define MASKED UNDER("4294967295", "40")
#define HIGH   (UINT64_C(1) << 32)

static struct profile *parse(const char *rules, struct filter *bpf)
{
	struct profile_error err = { "" };
	struct profile *p;
	char text[1000];

	snprintf(text, sizeof(text),
		"{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": "
		"[\"SCMP_ARCH_X86_64\"], \"syscalls\": [ %s ] }",
		rules);
	p = profile_parse("t", text, strlen(text), &err);
	assert_non_null(p);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, bpf, &err), 0);
	return p;
}

static bool is_proven(
	const char *before, const char *after, const struct fix *fix)
{
	static struct filter one, two;
	char why[200] = "";
	bool ok;

	profile_free(parse(before, &one));
	profile_free(parse(after, &two));
	ok = fix_prove(&one, &two, fix, why, sizeof(why));
	assert_int_equal(ok, !*why);
	return ok;
}

static struct fix one_change(
	enum lint_id rule, enum fix_effect effect, const char *call)
{
	struct fix f = { .n = 1,
		.list[0] = { .rule = &lint_rules[rule], .effect = effect } };

	snprintf(f.list[0].call, sizeof(f.list[0].call), "%s", call);
	return f;
}

#define KILL CALLS("\"kill\"", "ERRNO", "")
#define BOTH CALLS("\"kill\", \"tkill\"", "ERRNO", "")

static void test_proof(void **state)
{
	const struct fix none = { 0 };
	struct fix shuts = one_change(RULE_SIBLING, FIX_SHUTS, "tkill");
	const struct fix opens =
		one_change(RULE_EXIT_GROUP, FIX_OPENS, "tkill");
	struct fix high = one_change(RULE_HIGH_BITS, FIX_SHUTS, "socket");

	(void)state;
	assert_true(is_proven(KILL, KILL, &none));
	assert_false(is_proven(KILL, BOTH, &none));
	assert_false(is_proven(BOTH, KILL, &none));
	assert_true(is_proven(KILL, BOTH, &shuts));
	assert_false(is_proven(BOTH, KILL, &shuts));
	assert_true(is_proven(BOTH, KILL, &opens));
	assert_false(is_proven(KILL, BOTH, &opens));
	snprintf(shuts.list[0].call, sizeof(shuts.list[0].call), "tgkill");
	assert_false(is_proven(KILL, BOTH, &shuts));
	/* Not by the upper half alone. */
	high.list[0].mask = ~(uint64_t)UINT32_MAX;
	assert_true(is_proven(SOCKET("EQ", "40"), MASKED, &high));
	assert_false(is_proven(SOCKET("EQ", "40"), SOCKET("GE", "40"), &high));
	assert_false(is_proven(MASKED, SOCKET("EQ", "40"), &high));
	/* Of another argument, of more bits, of one of several flags. */
	high.list[0].arg = 1;
	assert_false(is_proven(SOCKET("EQ", "40"), MASKED, &high));
	high.list[0].arg = 0;
	high.list[0].mask &= ~(uint64_t)HIGH;
	assert_false(is_proven(SOCKET("EQ", "40"), MASKED, &high));
	high.list[0].mask = 6;
	high.list[0].all = true;
	assert_true(is_proven(SOCKET("EQ", "6"), UNDER("6", "6"), &high));
	assert_false(is_proven(SOCKET("EQ", "6"), UNDER("2", "2"), &high));
	assert_true(is_proven(SOCKET("EQ", "6"),
		UNDER("14", "14") ", " SOCKET("EQ", "6"), &high));
	high.list[0].mask = 2;
	assert_true(is_proven(SOCKET("EQ", "6"), UNDER("2", "2"), &high));
	high.list[0].mask = HIGH | 2;
	assert_false(is_proven(SOCKET("EQ", "6"), UNDER("2", "2"), &high));
	high.list[0].mask = HIGH;
	assert_true(is_proven(
		KILL, KILL ", " UNDER("4294967296", "4294967296"), &high));
}

/* Numbers that neither filter tells apart are one change, and two calls. */
static void test_neighbours(void **state)
{
	struct fix fix = one_change(RULE_SIBLING, FIX_SHUTS, "mount");

	(void)state;
	fix.n = 2;
	fix.list[1] = fix.list[0];
	snprintf(fix.list[1].call, sizeof(fix.list[1].call), "umount2");
	assert_int_equal(calls_number(AUDIT_ARCH_X86_64, "umount2"),
		calls_number(AUDIT_ARCH_X86_64, "mount") + 1);
	assert_true(is_proven(KILL,
		CALLS("\"kill\", \"mount\", \"umount2\"", "ERRNO", ""), &fix));
	fix.n = 1;
	assert_false(is_proven(KILL,
		CALLS("\"kill\", \"mount\", \"umount2\"", "ERRNO", ""), &fix));
}

/* No repair for what was let pass on purpose. */
static void test_no_repair(void **state)
{
	static struct filter bpf;
	struct lint_finding f = { .rule = &lint_rules[RULE_KERNEL],
		.subjects = "bpf" };
	struct profile *p = parse(KILL, &bpf);

	(void)state;
	assert_false(fix_finding(p, &bpf, AUDIT_ARCH_X86_64, &f, NULL));
	assert_int_equal(p->nrules, 1);
	profile_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cubes),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_proof),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_no_repair),
	};

	return cmocka_run_group_tests_name("fix", tests, NULL, NULL);
}
