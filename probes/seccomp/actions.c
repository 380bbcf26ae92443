/* SPDX-License-Identifier: MIT */
/* seccomp/actions.c: what a call meets by each value that a filter can return,
 * those that mean nothing too. */
#include "filters.h"

enum { KILLED = 1000, REAL = 1001 };

static const struct {
	uint32_t value;
	int meets; /* an errno, KILLED or the call's REAL result; 0 is 0 */
} rows[] = {
	{ SECCOMP_RET_ALLOW, REAL },
	{ SECCOMP_RET_ALLOW | 0xffff, REAL },
	{ SECCOMP_RET_LOG, REAL },
	{ SECCOMP_RET_ERRNO, 0 },
	{ SECCOMP_RET_ERRNO | 1, 1 },
	{ SECCOMP_RET_ERRNO | E2BIG, E2BIG },
	{ SECCOMP_RET_ERRNO | 4095, 4095 },
	{ SECCOMP_RET_ERRNO | 4096, 4095 },
	{ SECCOMP_RET_ERRNO | 0xffff, 4095 },
	{ SECCOMP_RET_TRACE | 7, ENOSYS },
	{ SECCOMP_RET_USER_NOTIF, ENOSYS },
	{ SECCOMP_RET_TRAP | 7, KILLED },
	{ SECCOMP_RET_KILL_THREAD, KILLED },
	{ SECCOMP_RET_KILL_THREAD | 7, KILLED },
	{ SECCOMP_RET_KILL_PROCESS, KILLED },
	{ 0x00010000, KILLED },
	{ 0x10000000, KILLED },
	{ 0x7ffd0000, KILLED },
	{ 0x90000000, KILLED },
	{ 0xffff0000, KILLED },
};

static int try(long i)
{
	if (filter_answer(rows[i].value, 0))
		return 9;
	long ret = sys(TRIED);

	return rows[i].meets == REAL ? ret <= 0 : ret != -rows[i].meets;
}

static int run(void)
{
	for (int i = 0; i < (int)(sizeof(rows) / sizeof(*rows)); i++) {
		int status = filter_child(try, i);

		CHECK_AT(i, rows[i].meets == KILLED
				    ? filter_killed(status, SIGSYS)
				    : status == 0);
	}
	return 0;
}

PROBE_RAW = {
	.about = "call getpid under filters that return each action, none, and "
		 "any data",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/ALLOW_all seccomp_bpf/log_all "
		  "seccomp_bpf/unknown_ret_is_kill_inside "
		  "seccomp_bpf/unknown_ret_is_kill_above_allow "
		  "seccomp_bpf/KILL_all seccomp_bpf/KILL_one "
		  "seccomp_bpf/KILL_thread seccomp_bpf/KILL_process "
		  "seccomp_bpf/KILL_unknown seccomp_bpf/ERRNO_valid "
		  "seccomp_bpf/ERRNO_zero seccomp_bpf/ERRNO_capped "
		  "seccomp_bpf/TRAP.dfl "
		  "gvisor-seccomp/RetKillCausesDeathBySIGSYS "
		  "gvisor-seccomp/RetTrapCausesSIGSYS "
		  "gvisor-seccomp/RetTraceWithoutPtracerReturnsENOSYS "
		  "gvisor-seccomp/RetErrnoReturnsErrno "
		  "gvisor-seccomp/RetAllowAllowsSyscall "
		  "libseccomp/63-live-trapx",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"Linux kernel/seccomp.c, __seccomp_filter" },
};
