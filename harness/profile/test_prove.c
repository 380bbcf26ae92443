/* SPDX-License-Identifier: MIT */
/* test_prove.c: what a filter says where the profile has no rule. */
#include "profile/test_profile.h"

#include "profile/prove.h"

#define LOAD(offset)	     BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define JUMP(op, k, yes, no) BPF_JUMP(BPF_JMP | BPF_##op | BPF_K, k, yes, no)
#define RETURN(action)	     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_##action)

static const char text[] =
	"{ \"defaultAction\": \"SCMP_ACT_TRAP\",\n"
	"  \"architectures\": [\"SCMP_ARCH_X86_64\"], \"syscalls\": [\n"
	"  { \"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" } ] }";

/* What it has to be: read is 0, -1 is none of x32. */
static const struct sock_filter right[] = {
	LOAD(4),
	JUMP(JEQ, AUDIT_ARCH_X86_64, 0, 6),
	LOAD(0),
	JUMP(JEQ, 0xffffffff, 2, 0),
	JUMP(JGE, 0x40000000, 3, 0),
	JUMP(JEQ, 0, 1, 0),
	RETURN(TRAP),
	RETURN(ALLOW),
	RETURN(KILL_THREAD),
};

/* One instruction changed; a call that shows it, or that it is not decided. */
static const struct {
	size_t at;
	struct sock_filter to;
	uint32_t arch, nr;
	bool undecided;
} changes[] = {
	{ 0, LOAD(4), 0, 0, false },
	{ 6, RETURN(ALLOW), AUDIT_ARCH_X86_64, 1, false },
	{ 8, RETURN(KILL_PROCESS), AUDIT_ARCH_X86_64, 0x40000000, false },
	{ 1, JUMP(JEQ, AUDIT_ARCH_X86_64, 0, 5), 0, 0, false },
	{ 1, JUMP(JGE, AUDIT_ARCH_X86_64, 0, 6), AUDIT_ARCH_X86_64 + 1, 0,
		false },
	{ 4, JUMP(JGE, 0x40000001, 3, 0), AUDIT_ARCH_X86_64, 0x40000000,
		false },
	{ 5, JUMP(JGE, 0, 1, 0), AUDIT_ARCH_X86_64, 1, false },
	{ 5, JUMP(JSET, 1, 0, 1), AUDIT_ARCH_X86_64, 2, true },
	{ 2, BPF_STMT(BPF_LD | BPF_IMM, 0), AUDIT_ARCH_X86_64, 1, false },
	{ 6, BPF_STMT(BPF_RET | BPF_A, 0), AUDIT_ARCH_X86_64, 1, true },
};

static bool listed(const struct differences *d, uint32_t arch, uint32_t nr)
{
	for (unsigned i = 0; i < d->n; i++)
		if (d->list[i].data.arch == arch &&
			d->list[i].data.nr == (int)nr)
			return true;
	return false;
}

static void where_no_rule_is(void **state)
{
	static struct filter bpf = { .mode = FILTER_BPF };
	static struct differences d;
	struct profile_error err;
	struct profile *p = parse(text, &err);
	struct meaning m;

	(void)state;
	assert_non_null(p);
	assert_true(meaning_read(&m, p, AUDIT_ARCH_X86_64));
	bpf.ninsns = sizeof(right) / sizeof(*right);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		size_t bad;

		memcpy(bpf.insns, right, sizeof(right));
		bpf.insns[changes[i].at] = changes[i].to;
		assert_int_equal(bpf_check(bpf.insns, bpf.ninsns, &bad), 0);
		assert_true(prove_filter(&m, &bpf, &d));
		assert_int_equal(!d.whole, changes[i].undecided);
		if (!i)
			assert_int_equal(d.n, 0);
		else if (!changes[i].undecided)
			assert_true(listed(&d, changes[i].arch, changes[i].nr));
	}
	meaning_free(&m);
	profile_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_no_rule_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
