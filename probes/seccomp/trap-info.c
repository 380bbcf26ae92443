/* SPDX-License-Identifier: MIT */
/* seccomp/trap-info.c: what a SIGSYS handler is told: the call, its number and
 * architecture, where it was made, and the filter's 16 bits of data. */
#include "filters.h"

enum { DATA = 0xbeef, BY_SECCOMP = 1, RIGHT = 7 };
#ifdef __x86_64__
enum { ARCH = (int)0xc000003e };
#else
enum { ARCH = 0x40000003 };
#endif

static void handler(int sig, siginfo_t *info, void *context)
{
	bool right = sig == SIGSYS && info->si_signo == SIGSYS &&
		     info->si_code == BY_SECCOMP && info->si_errno == DATA &&
		     info->si_syscall == TRIED && (int)info->si_arch == ARCH &&
		     info->si_call_addr;

	(void)context;
	for (;;)
		sys(__NR_exit_group, right ? RIGHT : 8);
}

static int child(long arg)
{
	(void)arg;
	if (filter_handle(SIGSYS, handler) ||
		filter_answer(SECCOMP_RET_TRAP | DATA, 0))
		return 9;
	sys(TRIED);
	return 10;
}

static int run(void)
{
	CHECK(filter_child(child, 0) == FILTER_EXITED(RIGHT));
	return 0;
}

PROBE_RAW = {
	.about = "a SIGSYS handler reads what the filter's TRAP says",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/TRAP.handler",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		  "SECCOMP_RET_TRAP" },
};
