/* SPDX-License-Identifier: MIT */
/* signal/stop-futex-bitset.c: a wait with some bits has the same ones after a
 * stop. */
#include "probe.h"

#include <linux/futex.h>
#include <time.h>

enum { BITS = 0x40000 };

static struct sys_timespec deadline;
static int *word;
static volatile int *woken;

/* The first wake has all bits but the sleeper's. */
static int then(void)
{
	*woken = (int)(10 * sys_futex(word, FUTEX_WAKE_BITSET, 9, NULL, NULL,
				    ~BITS) +
		       sys_futex(word, FUTEX_WAKE_BITSET, 9, NULL, NULL, BITS));
	/* One that is left: its cell is to end. */
	sys_futex(word, FUTEX_WAKE, 9, NULL, NULL, 0);
	probe_open((int *)woken + 1);
	return 0;
}

static int setup(void)
{
	deadline.tv_sec = time(NULL) + 3600;
	word = probe_shared();
	woken = word ? word + 1 : NULL;
	return word ? probe_signal_me(SIGSTOP, then) : ENOMEM;
}

static int run(void)
{
	long ret = sys_futex(word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0,
		&deadline, NULL, BITS);

	if (ret)
		return (int)-ret;
	probe_pass((int *)woken + 1);
	CHECK(*woken == 1);
	return 0;
}

PROBE = {
	.about = "wait on a futex with one bit, to a point in time; SIGSTOP, "
		 "SIGCONT, then wakes of the other bits and of that one",
	.setup = setup,
	.run = run,
	.under = "four four-eperm four+restart_syscall",
	.expect = {
		{ WORKS, .under = "four+restart_syscall" },
		{ FAILS(EPERM), .under = "four-eperm",
			.why = "restart_syscall's refusal comes out of futex" },
		{ DIES("restart_syscall") },
	},
	.seen = {
		"Linux kernel/futex/waitwake.c, futex_wait_restart",
		"https://man7.org/linux/man-pages/man2/restart_syscall.2.html",
	},
};
