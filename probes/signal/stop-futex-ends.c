/* SPDX-License-Identifier: MIT */
/* signal/stop-futex-ends.c: a wait that was stopped still has its time-out. */
#include "probe.h"

#include <linux/futex.h>

/* Long enough to be stopped in, on most machines; on another it ends before. */
static const struct sys_timespec soon = { 0, 150000000 };
static int word;

static int setup(void)
{
	return probe_signal_me(SIGSTOP, NULL);
}

static int run(void)
{
	long ret = sys_futex(&word, FUTEX_WAIT, 0, &soon, NULL, 0);

	CHECK(ret != 0);
	return ret == -ETIMEDOUT ? 0 : (int)-ret;
}

PROBE_RAW = {
	.about = "wait on a futex with a time-out; SIGSTOP, SIGCONT, then "
		 "nothing more",
	.setup = setup,
	.run = run,
	.under = "four+restart_syscall",
	.expect = {
		{ WORKS },
	},
	.seen = {
		"Linux kernel/futex/waitwake.c, futex_wait_restart",
		"https://man7.org/linux/man-pages/man2/restart_syscall.2.html",
	},
};
