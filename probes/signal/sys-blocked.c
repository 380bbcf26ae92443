/* SPDX-License-Identifier: MIT */
/* signal/sys-blocked.c: TRAP with SIGSYS blocked kills all the same. */
#include "probe.h"

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };
	sigset_t set;

	sigfillset(&set);
	return sigaction(SIGSYS, &sa, NULL) ||
			       sigprocmask(SIG_BLOCK, &set, NULL)
		       ? errno
		       : 0;
}

static int run(void)
{
	sys(__NR_getpid);
	return 0;
}

PROBE = {
	.about = "call getpid with a SIGSYS handler and SIGSYS blocked",
	.setup = setup,
	.run = run,
	.under = "four-trap four-trap+rt_sigreturn",
	.expect = {
		{ DIES("getpid") },
	},
	.covers = "seccomp_bpf/TRAP.dfl",
	.seen = { "Linux kernel/signal.c, force_sig_info_to_task" },
};
