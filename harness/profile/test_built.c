/* SPDX-License-Identifier: MIT */
/*
 * test_built.c: what rules say by seccomp_rule_add(3), that what is built says
 * it, and that a filter which does not is noticed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profile/emit.h"
#include "profile/profile.h"
#include "profile/prove.h"
#include "profile/random.h"
#include "profile/region.h"

#define X86_64 AUDIT_ARCH_X86_64
#define WRITE  1 /* of x86-64, asm/unistd_64.h */

#define ARG(i, op, v)                                                          \
	"{ \"index\": " #i ", \"op\": \"SCMP_CMP_" #op "\", \"value\": " #v "}"
#define RULE(name, action, args)                                               \
	"{ \"names\": [\"" name "\"], \"action\": \"SCMP_ACT_" action          \
	"\", \"args\": [" args "] }"
#define ON(arches, rules)                                                      \
	"{ \"defaultAction\": \"SCMP_ACT_KILL_PROCESS\", \"architectures\": "  \
	"[" arches "], \"syscalls\": [" rules "] }"
#define OWN(rules) ON("\"SCMP_ARCH_X86_64\"", rules)

static struct profile *parse(const char *text)
{
	struct profile_error err = { "" };
	struct profile *p =
		profile_parse("built.json", text, strlen(text), &err);

	assert_string_equal(err.text, "");
	p->silent = true; /* to say nothing of it */
	return p;
}

static uint32_t says(const char *text, const struct seccomp_data *data)
{
	struct profile *p = parse(text);
	struct meaning m;
	uint32_t verdict;

	assert_true(meaning_read(&m, p, X86_64));
	verdict = meaning_verdict(&m, data);
	assert_true(meaning_is(&m, data, verdict));
	assert_false(meaning_is(&m, data, verdict ^ 1));
	meaning_free(&m);
	profile_free(p);
	return verdict;
}

/* seccomp_rule_add(3): "Matches when the argument value is ..." */
static void test_operators(void **state)
{
	static const struct {
		const char *rules;
		bool below, at, above;
	} rows[] = {
		{ RULE("write", "ALLOW", ARG(2, NE, 9)), 1, 0, 1 },
		{ RULE("write", "ALLOW", ARG(2, LT, 9)), 1, 0, 0 },
		{ RULE("write", "ALLOW", ARG(2, LE, 9)), 1, 1, 0 },
		{ RULE("write", "ALLOW", ARG(2, EQ, 9)), 0, 1, 0 },
		{ RULE("write", "ALLOW", ARG(2, GE, 9)), 0, 1, 1 },
		{ RULE("write", "ALLOW", ARG(2, GT, 9)), 0, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < 6; i++)
		for (int k = -1; k <= 1; k++) {
			const struct seccomp_data data = { .nr = WRITE,
				.arch = X86_64,
				.args = { 0, 0, (uint64_t)(9 + k) } };
			char text[400];
			bool want = k < 0 ? rows[i].below
				    : k	  ? rows[i].above
					  : rows[i].at;

			snprintf(text, sizeof(text), OWN("%s"), rows[i].rules);
			assert_int_equal(says(text, &data),
				want ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS);
		}
}

struct said {
	const char *text;
	uint32_t arch;
	int nr;
	uint64_t args[3];
	uint32_t want;
};

#define BOTH "\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\", \"SCMP_ARCH_X32\""
#define MASKED                                                                 \
	"{ \"index\": 0, \"op\": \"SCMP_CMP_MASKED_EQ\", \"value\": 10, "      \
	"\"valueTwo\": 9 }"

static const struct said said[] = {
	/* "if the masked argument value is equal to the masked datum value" */
	{ OWN(RULE("write", "ALLOW", MASKED)), X86_64, WRITE, { 8 + 1 },
		SCMP_ACT_ALLOW },
	{ OWN(RULE("write", "ALLOW", MASKED)), X86_64, WRITE, { 2 },
		SCMP_ACT_KILL_PROCESS },
	/* "all of the comparisons must be true for the rule to match" */
	{ OWN(RULE("write", "ALLOW", ARG(0, EQ, 1) "," ARG(2, GT, 5))), X86_64,
		WRITE, { 1, 0, 5 }, SCMP_ACT_KILL_PROCESS },
	/* "combined into a union" */
	{ OWN(RULE("write", "ALLOW",
		  ARG(0, LE, 2) "," ARG(2, GT, 100)) "," RULE("write", "ALLOW",
		  ARG(0, LE, 3))),
		X86_64, WRITE, { 1, 0, 50 }, SCMP_ACT_ALLOW },
	/* "the first, more specific rule, is effectively dropped" */
	{ OWN(RULE("write", "TRAP", ARG(0, EQ, 1)) "," RULE(
		  "write", "ALLOW", "")),
		X86_64, WRITE, { 1 }, SCMP_ACT_ALLOW },
	/* 2^32 is no value of 32 bits, and all 64 count where there are 64. */
	{ OWN(RULE("write", "ALLOW", ARG(0, GT, 4294967296))), X86_64, WRITE,
		{ 0x100000001 }, SCMP_ACT_ALLOW },
	{ OWN(RULE("write", "ALLOW", ARG(0, EQ, 1))), X86_64, WRITE,
		{ 0x100000001 }, SCMP_ACT_KILL_PROCESS },
	{ ON(BOTH, RULE("write", "ALLOW", ARG(0, GT, 4294967296))),
		AUDIT_ARCH_I386, 4, { 5 }, SCMP_ACT_KILL_PROCESS },
	/* socket is 41, and 1 of i386's socketcall, 102: linux/net.h. */
	{ ON(BOTH, RULE("socket", "ALLOW", "")), AUDIT_ARCH_I386, 102, { 1 },
		SCMP_ACT_ALLOW },
	{ ON(BOTH, RULE("socket", "ALLOW", "")), AUDIT_ARCH_I386, 102, { 2 },
		SCMP_ACT_KILL_PROCESS },
	{ ON(BOTH, RULE("socket", "ALLOW", "")), AUDIT_ARCH_I386, 359, { 0 },
		SCMP_ACT_ALLOW },
	{ ON(BOTH, RULE("socket", "ALLOW", "")), X86_64, 41, { 0 },
		SCMP_ACT_ALLOW },
	/* x32 has its own bit; without it listed, such numbers kill. */
	{ ON(BOTH, RULE("write", "ALLOW", "")), X86_64, 0x40000001, { 0 },
		SCMP_ACT_ALLOW },
	{ OWN(RULE("write", "ALLOW", "")), X86_64, 0x40000001, { 0 },
		SCMP_ACT_KILL_THREAD },
	{ OWN(RULE("write", "ALLOW", "")), AUDIT_ARCH_AARCH64, 64, { 0 },
		SCMP_ACT_KILL_THREAD },
	/* A rule with the default action says nothing. */
	{ OWN(RULE("write", "KILL_PROCESS", "") "," RULE(
		  "write", "ALLOW", ARG(0, EQ, 1))),
		X86_64, WRITE, { 1 }, SCMP_ACT_ALLOW },
};

static void test_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct seccomp_data data = { .nr = said[i].nr,
			.arch = said[i].arch };

		memcpy(data.args, said[i].args, sizeof(said[i].args));
		if (says(said[i].text, &data) != said[i].want)
			fail_msg("row %zu", i);
	}
}

/* What is built of the same rows. */
static void test_built(void **state)
{
	static struct filter bpf;
	static struct differences d;

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct profile *p = parse(said[i].text);
		struct seccomp_data data = { .nr = said[i].nr,
			.arch = said[i].arch };
		struct profile_error err = { "" };
		struct meaning m;

		memcpy(data.args, said[i].args, sizeof(said[i].args));
		assert_int_equal(profile_build(p, X86_64, &bpf, &err), 0);
		assert_int_equal(
			bpf_run(bpf.insns, bpf.ninsns, &data), said[i].want);
		assert_true(meaning_read(&m, p, X86_64));
		assert_true(prove_filter(&m, &bpf, &d));
		assert_true(d.whole);
		assert_int_equal(d.n, 0);
		meaning_free(&m);
		profile_free(p);
	}
}

/* Rules with which libseccomp 2.5.4 never comes to an end. */
static const char endless[] = OWN(RULE("write", "TRAP",
	ARG(0, LT, 4) "," ARG(1, LE, 9)) "," RULE("write", "ERRNO",
	ARG(0, LE, 12884901889) "," ARG(1, EQ, 12884901887)) "," RULE("write",
	"ALLOW", ARG(0, LT, 4) "," ARG(2, EQ, 1)));

static void test_endless(void **state)
{
	static struct filter bpf;
	static struct differences d;
	struct profile *p = parse(endless);
	struct profile_error err = { "" };
	struct meaning m;

	(void)state;
	assert_int_equal(profile_build(p, X86_64, &bpf, &err), 0);
	assert_true(meaning_read(&m, p, X86_64));
	assert_true(prove_filter(&m, &bpf, &d));
	assert_true(d.whole);
	assert_int_equal(d.n, 0);
	meaning_free(&m);
	profile_free(p);
}

#define LOAD(offset)	     BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define JUMP(op, k, yes, no) BPF_JUMP(BPF_JMP | BPF_##op | BPF_K, k, yes, no)
#define RETURN(action)	     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_##action)

/* As libseccomp 2.5.4 builds the two rules of the union above: behind the jump
 * at 11 the word of argument 2 is compared with 3. */
static const struct sock_filter wrong[] = {
	LOAD(4),
	JUMP(JEQ, X86_64, 0, 16),
	LOAD(0),
	JUMP(JGE, 0x40000000, 0, 1),
	JUMP(JEQ, 0xffffffff, 0, 13),
	JUMP(JEQ, WRITE, 0, 11),
	LOAD(20),
	JUMP(JGT, 0, 9, 0),
	LOAD(16),
	JUMP(JGT, 2, 4, 0),
	LOAD(36),
	JUMP(JGT, 0, 4, 0),
	LOAD(32),
	JUMP(JGT, 100, 2, 0),
	JUMP(JGT, 3, 2, 1),
	JUMP(JA, 0, 0, 0),
	RETURN(ALLOW),
	RETURN(KILL_PROCESS),
	RETURN(KILL_THREAD),
};

static void test_wrong(void **state)
{
	static struct filter bpf = { .mode = FILTER_BPF };
	static struct differences d;
	struct profile *p = parse(said[3].text);
	struct meaning m;

	(void)state;
	bpf.ninsns = sizeof(wrong) / sizeof(*wrong);
	memcpy(bpf.insns, wrong, sizeof(wrong));
	assert_int_equal(bpf_check(bpf.insns, bpf.ninsns, &(size_t){ 0 }), 0);
	assert_true(meaning_read(&m, p, X86_64));
	assert_true(prove_filter(&m, &bpf, &d));
	assert_int_equal(d.n, 1);
	assert_int_equal(d.list[0].data.nr, WRITE);
	assert_int_equal(d.list[0].built,
		bpf_run(bpf.insns, bpf.ninsns, &d.list[0].data));
	assert_int_not_equal(d.list[0].built, d.list[0].said);
	assert_int_equal(emit_call(&m, &d.list[0].data, &bpf), 0);
	assert_true(prove_filter(&m, &bpf, &d));
	assert_true(d.whole);
	assert_int_equal(d.n, 0);
	meaning_free(&m);
	profile_free(p);
}

/* The rules for a number are as long as the kernel takes, or refused. */
static void test_long(void **state)
{
	static struct filter bpf;
	struct profile *p = parse(OWN(RULE("read", "ALLOW", "")));
	struct profile_rule rule = {
		.name = "write", .action = SCMP_ACT_ALLOW, .nargs = 1
	};
	struct seccomp_data data = { .nr = WRITE, .arch = X86_64 };
	struct meaning m;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		rule.args[0] = (struct scmp_arg_cmp){ 0, SCMP_CMP_GT,
			UINT64_MAX - (uint64_t)i, 0 };
		assert_int_equal(profile_add_rule(p, &rule), 0);
	}
	assert_true(meaning_read(&m, p, X86_64));
	bpf.ninsns = 0;
	assert_int_equal(emit_call(&m, &data, &bpf), -E2BIG);
	assert_int_equal(bpf.ninsns, 0);
	meaning_free(&m);
	profile_free(p);
}

/* Three words of 0 to 3 that stand for all: each change of an instruction that
 * shows at one of them must be found, in a filter that is right. */
static void test_planted(void **state)
{
	static const char text[] = OWN(RULE("write", "ALLOW",
		ARG(0, LE, 2) "," ARG(2, GT, 1)) "," RULE("write", "TRAP",
		ARG(1, EQ, 1)) "," RULE("read", "ALLOW", ""));
	static struct filter right, bpf;
	static struct differences d;
	struct profile *p = parse(text);
	struct profile_error err;
	struct meaning m;
	unsigned shown = 0;

	(void)state;
	assert_int_equal(profile_build(p, X86_64, &right, &err), 0);
	assert_true(meaning_read(&m, p, X86_64));
	for (size_t i = 0; i < 4 * right.ninsns; i++) {
		struct sock_filter *f = &bpf.insns[i / 4];
		bool shows = false;

		bpf = right;
		f->k ^= i % 4 == 0;
		f->jt = (uint8_t)(f->jt + (i % 4 == 1));
		f->jf = (uint8_t)(f->jf + (i % 4 == 2));
		f->code = i % 4 == 3 ? BPF_RET | BPF_K : f->code;
		if (bpf_check(bpf.insns, bpf.ninsns, &(size_t){ 0 }))
			continue;
		for (int call = 0; call < 4 * 4 * 4 * 3; call++) {
			const struct seccomp_data data = { .arch = X86_64,
				.nr = call / 64,
				.args = { call & 3, call >> 2 & 3,
					call >> 4 & 3 } };

			shows = shows ||
				!meaning_is(&m, &data,
					bpf_run(bpf.insns, bpf.ninsns, &data));
		}
		shown += shows;
		assert_true(prove_filter(&m, &bpf, &d));
		if (shows && !d.n)
			fail_msg("a change of instruction %zu is not seen",
				i / 4);
	}
	assert_true(shown >= right.ninsns && shown <= 4 * right.ninsns);
	meaning_free(&m);
	profile_free(p);
}

/* What bench_built does with many more. */
static void test_random(void **state)
{
	static struct filter bpf;

	(void)state;
	random_seed(1);
	for (int i = 0; i < 300; i++) {
		struct profile p;
		struct profile_error err;
		struct random_calls calls;
		struct seccomp_data data;
		struct meaning m;

		random_profile(&p);
		p.silent = true;
		assert_true(meaning_read(&m, &p, X86_64));
		random_calls(&calls, &m);
		if (!profile_build(&p, X86_64, &bpf, &err))
			for (int k = 0; k < 300; k++) {
				random_call(&calls, &data);
				assert_true(meaning_is(&m, &data,
					bpf_run(bpf.insns, bpf.ninsns, &data)));
			}
		meaning_free(&m);
		free(p.rules);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_operators),
		cmocka_unit_test(test_meaning),
		cmocka_unit_test(test_built),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_planted),
		cmocka_unit_test(test_random),
	};

	seccomp_api_set(6); /* valgrind's kernel has no seccomp(2) */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
