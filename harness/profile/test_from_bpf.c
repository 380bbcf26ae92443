/* SPDX-License-Identifier: MIT */
/* test_from_bpf.c: rules for what a filter does. */
#include "profile/test_profile.h"

#include "profile/from_bpf.h"

#define JUMP(op, k, t, f) BPF_JUMP(BPF_JMP | BPF_##op | BPF_K, k, t, f)
#define LOAD(at)	  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define RET(what)	  BPF_STMT(BPF_RET | BPF_K, what)

/* write with 5 or more in the lower half of its first argument, and any other
 * call but lseek, which has 7 in the upper half of its second. */
static struct sock_filter made[] = {
	LOAD(4),
	JUMP(JEQ, AUDIT_ARCH_X86_64, 0, 11),
	LOAD(0),
	JUMP(JGE, 0x40000000, 0, 1),
	JUMP(JEQ, 0xffffffff, 0, 8),
	JUMP(JEQ, 1, 3, 0),
	JUMP(JEQ, 8, 0, 5),
	LOAD(28),
	JUMP(JEQ, 7, 5, 3),
	LOAD(16),
	JUMP(JGE, 5, 1, 0),
	RET(SECCOMP_RET_ERRNO | 9),
	RET(SECCOMP_RET_ALLOW),
	RET(SECCOMP_RET_KILL_THREAD),
	RET(SECCOMP_RET_TRAP),
};

static void rules(void **state)
{
	const struct profile bpf = { .where = "raw",
		.insns = made,
		.ninsns = sizeof(made) / sizeof(*made) };
	struct profile_error err = { "" };
	struct profile *p = calloc(1, sizeof(*p));

	(void)state;
	assert_non_null(p);
	if (profile_from_bpf(&bpf, p, &err))
		fail_msg("%s", err.text);
	assert_int_equal(p->default_action, SCMP_ACT_ALLOW);
	assert_int_equal(p->narches, 1);
	assert_int_equal(p->arches[0], SCMP_ARCH_X86_64);
	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *r = &p->rules[i];
		const bool write = !strcmp(r->name, "write");

		assert_true(write || !strcmp(r->name, "lseek"));
		assert_int_equal(
			r->action, write ? SCMP_ACT_ERRNO(9) : SCMP_ACT_TRAP);
		assert_int_equal(r->nargs, 1);
		assert_int_equal(r->args[0].arg, write ? 0 : 1);
		if (write)
			continue;
		assert_int_equal(r->args[0].op, SCMP_CMP_MASKED_EQ);
		assert_int_equal(r->args[0].datum_a, 0xffffffffull << 32);
		assert_int_equal(r->args[0].datum_b, 7ull << 32);
	}
	assert_true(p->nrules >= 2);
	profile_free(p);
}

static void none(void **state)
{
	static struct sock_filter all[] = { RET(SECCOMP_RET_ALLOW) };
	const struct profile bpf = {
		.where = "raw", .insns = all, .ninsns = 1
	};
	struct profile_error err = { "" };
	struct profile *p = calloc(1, sizeof(*p));

	(void)state;
	assert_non_null(p);
	assert_int_equal(profile_from_bpf(&bpf, p, &err), -1);
	assert_non_null(strstr(err.text, "raw: "));
	profile_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules),
		cmocka_unit_test(none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
