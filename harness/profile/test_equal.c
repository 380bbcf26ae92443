/* SPDX-License-Identifier: MIT */
/* test_equal.c: filters that do the same, and such that do not. */
#include "profile/test_profile.h"

#include "profile/equal.h"

#define LOAD(offset)	     BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define JUMP(op, k, yes, no) BPF_JUMP(BPF_JMP | BPF_##op | BPF_K, k, yes, no)
#define RETURN(action)	     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_##action)

static struct filter stack[2], asked;
static struct unequal bad;

static void fill(struct filter *f, const struct sock_filter *insns, size_t n)
{
	size_t at;

	f->mode = FILTER_BPF;
	f->ninsns = n;
	memcpy(f->insns, insns, n * sizeof(*insns));
	assert_int_equal(bpf_check(f->insns, f->ninsns, &at), 0);
}

#define FILL(f, ...)                                                           \
	do {                                                                   \
		static const struct sock_filter insns[] = { __VA_ARGS__ };     \
		fill(f, insns, sizeof(insns) / sizeof(*insns));                \
	} while (0)

/* Number 1 alone is refused: asked by equality, done by two bounds. */
static void written_otherwise(void **state)
{
	(void)state;
	FILL(&asked, LOAD(0), JUMP(JEQ, 1, 0, 1), RETURN(KILL_PROCESS),
		RETURN(ALLOW));
	FILL(stack, LOAD(0), JUMP(JGT, 0, 0, 2), JUMP(JGT, 1, 1, 0),
		RETURN(KILL_PROCESS), RETURN(ALLOW));
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_YES);
	/* 2 is refused too. */
	stack[0].insns[2].k = 2;
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_NO);
	assert_int_equal(bad.data.nr, 2);
	assert_int_equal(bad.is, SECCOMP_RET_KILL_PROCESS);
	assert_int_equal(bad.asked, SECCOMP_RET_ALLOW);
}

/* One value of one half of an argument. */
static void one_value(void **state)
{
	(void)state;
	FILL(&asked, LOAD(0), JUMP(JEQ, 9, 0, 3), LOAD(28),
		JUMP(JEQ, 0x12345678, 0, 1), RETURN(TRAP), RETURN(ALLOW));
	FILL(stack, LOAD(0), JUMP(JEQ, 9, 0, 1), RETURN(ALLOW), RETURN(ALLOW));
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_NO);
	assert_int_equal(bad.data.nr, 9);
	assert_int_equal(bad.data.args[1] >> 32, 0x12345678);
}

/* What counts of a verdict: not a killer's data, but an errno. */
static void data(void **state)
{
	(void)state;
	FILL(&asked, RETURN(KILL_PROCESS));
	FILL(stack, RETURN(KILL_PROCESS | 5));
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_YES);
	FILL(&asked, RETURN(ERRNO | 1));
	FILL(stack, RETURN(ERRNO | 2));
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_NO);
}

/* Two together are what one was asked for; of two errnos the newest holds. */
static void together(void **state)
{
	(void)state;
	FILL(&stack[0], LOAD(0), JUMP(JGE, 3, 1, 0), RETURN(ERRNO | 1),
		RETURN(ALLOW));
	FILL(&stack[1], LOAD(0), JUMP(JEQ, 0, 0, 1), RETURN(ALLOW),
		RETURN(ERRNO | 2));
	FILL(&asked, LOAD(0), JUMP(JEQ, 0, 0, 1), RETURN(ERRNO | 1),
		JUMP(JGE, 3, 1, 0), RETURN(ERRNO | 1), RETURN(ERRNO | 2));
	assert_int_equal(equal_filters(stack, 2, &asked, &bad), EQUAL_YES);
	stack[0].insns[1].k = 4;
	assert_int_equal(equal_filters(stack, 2, &asked, &bad), EQUAL_NO);
	assert_int_equal(bad.data.nr, 3);
	assert_int_equal(bad.is, SECCOMP_RET_ERRNO | 1);
	assert_int_equal(bad.asked, SECCOMP_RET_ERRNO | 2);
	/* Neither alone. */
	stack[0].insns[1].k = 3;
	assert_int_equal(equal_filters(&stack[0], 1, &asked, &bad), EQUAL_NO);
	assert_int_equal(equal_filters(&stack[1], 1, &asked, &bad), EQUAL_NO);
	/* The strictest holds, whichever is newer. */
	FILL(&stack[0], RETURN(ERRNO | 1));
	FILL(&stack[1], RETURN(KILL_THREAD));
	FILL(&asked, RETURN(KILL_THREAD));
	assert_int_equal(equal_filters(stack, 2, &asked, &bad), EQUAL_YES);
	FILL(&stack[0], RETURN(KILL_PROCESS));
	assert_int_equal(equal_filters(stack, 2, &asked, &bad), EQUAL_NO);
}

/* What is computed of the number is not followed, and never a yes; a number
 * that shows the difference is found. */
static void not_followed(void **state)
{
	(void)state;
	FILL(&asked, LOAD(0), BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		JUMP(JEQ, 8, 0, 1), RETURN(TRAP), RETURN(ALLOW));
	FILL(stack, LOAD(0), JUMP(JEQ, 7, 0, 1), RETURN(TRAP), RETURN(ALLOW));
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_UNKNOWN);
	stack[0].insns[1].k = 6;
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_NO);
	/* Without any filter nothing is in force. */
	assert_int_equal(equal_filters(stack, 0, &asked, &bad), EQUAL_UNKNOWN);
}

/* As libseccomp builds it, by a list and by a tree. */
static void built(void **state)
{
	static const char text[] = "{ \"defaultAction\": \"SCMP_ACT_ERRNO\", "
				   "\"syscalls\": [ { \"names\": [\"read\", "
				   "\"write\", \"kill\", \"brk\"], \"action\": "
				   "\"SCMP_ACT_ALLOW\" }, { \"names\": "
				   "[\"openat\"], \"action\": "
				   "\"SCMP_ACT_ALLOW\", \"args\": [ { "
				   "\"index\": 2, \"value\": 3, \"valueTwo\": "
				   "0, \"op\": \"SCMP_CMP_MASKED_EQ\" } ] } ] "
				   "}";
	scmp_filter_ctx tree = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	struct profile_error err;
	struct profile *p = parse(text, &err);
	FILE *to = tmpfile();

	(void)state;
	assert_non_null(p);
	assert_non_null(tree);
	assert_non_null(to);
	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &asked, &err), 0);
	seccomp_attr_set(tree, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	seccomp_rule_add(tree, SCMP_ACT_ALLOW, SCMP_SYS(brk), 0);
	seccomp_rule_add(tree, SCMP_ACT_ALLOW, SCMP_SYS(kill), 0);
	seccomp_rule_add(tree, SCMP_ACT_ALLOW, SCMP_SYS(write), 0);
	seccomp_rule_add(tree, SCMP_ACT_ALLOW, SCMP_SYS(read), 0);
	seccomp_rule_add(tree, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, 3, 0));
	assert_int_equal(seccomp_export_bpf(tree, fileno(to)), 0);
	rewind(to);
	stack[0].ninsns =
		fread(stack[0].insns, sizeof(*stack[0].insns), 4096, to);
	assert_true(stack[0].ninsns != asked.ninsns);
	assert_int_equal(equal_filters(stack, 1, &asked, &bad), EQUAL_YES);
	fclose(to);
	seccomp_release(tree);
	profile_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_otherwise),
		cmocka_unit_test(one_value),
		cmocka_unit_test(data),
		cmocka_unit_test(together),
		cmocka_unit_test(not_followed),
		cmocka_unit_test(built),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
