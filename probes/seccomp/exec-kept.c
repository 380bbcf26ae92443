/* SPDX-License-Identifier: MIT */
/* seccomp/exec-kept.c: a filter stays over an execve that it allows, and over
 * fork and clone. */
#include "filters.h"

static const char *const args[] = { "true", NULL };

/* true ends by exit_group, which is KILLED or not; whoever cannot exec says 9
 * by exit. */
static int program(long killed)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)killed, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	if (!filter_load(insns, 4, 0))
		sys(__NR_execve, "/bin/true", args, args + 1);
	sys_exit(9);
}

static int grandchild(long depth)
{
	return depth ? filter_child(grandchild, depth - 1) != 0
		     : sys(TRIED) != -7;
}

static int parent(long unused)
{
	(void)unused;
	return filter_answer(SECCOMP_RET_ERRNO | 7, 0) || grandchild(3);
}

static int run(void)
{
	/* The numbers of the program that is run: it is 64-bit. */
	CHECK(filter_child(program, 0xfff) == 0);
	CHECK(filter_killed(filter_child(program, 231), SIGSYS));
	CHECK(filter_child(parent, 0) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "run another program, and make children, under a filter",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "gvisor-seccomp/FiltersPreservedAcrossForkCloneAndExecve",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: \"child "
		  "processes will be constrained to the same filters\"" },
};
