/* SPDX-License-Identifier: MIT */
/* signal/sys-ignored.c: TRAP with SIGSYS ignored kills all the same. */
#include "probe.h"

static int setup(void)
{
	return signal(SIGSYS, SIG_IGN) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	sys(__NR_getpid);
	return 0;
}

PROBE = {
	.about = "call getpid with SIGSYS ignored",
	.setup = setup,
	.run = run,
	.under = "four-trap four-trap+rt_sigreturn",
	.expect = {
		{ DIES("getpid") },
	},
	.covers = "seccomp_bpf/TRAP.ign "
		  "gvisor-seccomp/RetTrapBypassesIgn",
	.seen = { "Linux kernel/signal.c, force_sig_info_to_task" },
};
