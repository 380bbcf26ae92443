/* SPDX-License-Identifier: MIT */
/* seccomp/modes.c: strict mode and filters shut each other out, and prctl tells
 * which of them there is, where it is let through. */
#include "filters.h"

static int filtered(long unused)
{
	(void)unused;
	if (sys(__NR_prctl, PR_GET_SECCOMP, 0, 0, 0, 0) != 0 ||
		filter_answer(SECCOMP_RET_ERRNO | 7, 0) ||
		sys(__NR_prctl, PR_GET_SECCOMP, 0, 0, 0, 0) != 2)
		return 1;
	if (sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0) !=
			-EINVAL ||
		sys(__NR_seccomp, SECCOMP_SET_MODE_STRICT, 0, 0) != -EINVAL)
		return 2;
	return sys(TRIED) != -7;
}

static int strict(long call)
{
	if (sys(__NR_seccomp, SECCOMP_SET_MODE_STRICT, 0, 0))
		return 1;
	if (call)
		sys(call, 0, 0, 0, 0, 0, 0);
	sys_exit(7);
}

static int run(void)
{
	static const int killed[] = { __NR_prctl, __NR_seccomp, __NR_getpid,
		__NR_exit_group };

	CHECK(filter_child(filtered, 0) == 0);
	CHECK(filter_child(strict, 0) == FILTER_EXITED(7));
	for (int i = 0; i < 4; i++)
		CHECK_AT(i, filter_killed(
				    filter_child(strict, killed[i]), SIGKILL));
	return 0;
}

PROBE_RAW = {
	.about = "strict mode behind a filter, and calls in strict mode",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "strict_mode",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "ltp/prctl04 "
		  "seccomp_bpf/mode_strict_cannot_call_prctl "
		  "seccomp_bpf/mode_filter_cannot_move_to_strict "
		  "seccomp_bpf/mode_filter_get_seccomp "
		  "seccomp_bpf/seccomp_syscall_mode_lock",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		  "SECCOMP_SET_MODE_STRICT",
		"Linux kernel/seccomp.c, seccomp_may_assign_mode" },
};
