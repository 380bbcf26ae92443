/* SPDX-License-Identifier: MIT */
/* signal/sys-report.c: a SIGSYS handler names the call and ends the process. */
#include "probe.h"

/* SYS_SECCOMP of asm-generic/siginfo.h: in glibc nothing, then an enum. */
enum { BY_SECCOMP = 1 };

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)context;
	sys_exit(sig == SIGSYS && info->si_code == BY_SECCOMP &&
				 info->si_syscall == __NR_getpid
			 ? 7
			 : 9);
}

static int setup(void)
{
	struct sigaction sa = { .sa_sigaction = handler,
		.sa_flags = SA_SIGINFO };

	return sigaction(SIGSYS, &sa, NULL) ? errno : 0;
}

static int run(void)
{
	sys(__NR_getpid);
	CHECK(probe_unfiltered());
	sys_exit(7);
}

PROBE = {
	.about = "call getpid with a SIGSYS handler that leaves by raw exit(7)",
	.setup = setup,
	.run = run,
	.under = "four-trap four four-process",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS, .under = "four-trap" },
		{ DIES("getpid"), .why = "only TRAP can be caught" },
	},
	.covers = "seccomp_bpf/TRAP.handler",
	.seen = {
		"https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"Linux kernel/signal.c, force_sig_info_to_task: HANDLER_EXIT",
	},
};
