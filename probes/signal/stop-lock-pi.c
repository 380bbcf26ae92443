/* SPDX-License-Identifier: MIT */
/* signal/stop-lock-pi.c: a stopped FUTEX_LOCK_PI is made again as it was. */
#include "probe.h"

#include <linux/futex.h>
#include <time.h>

static struct sys_timespec deadline;
static int lock, held;
static int *word;

static int then(void)
{
	probe_open(word);
	return 0;
}

/* Not filtered, except with TSYNC, which no profile here has. */
static void holder(void *arg)
{
	(void)arg;
	sys_futex(&lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	probe_open(&held);
	probe_pass(word);
	sys_futex(&lock, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
}

static int setup(void)
{
	deadline.tv_sec = time(NULL) + 60;
	word = probe_shared();
	if (!word || probe_thread(holder, NULL, NULL) < 0)
		return EAGAIN;
	probe_pass(&held);
	return probe_signal_me(SIGSTOP, then);
}

static int run(void)
{
	return (int)-sys_futex(&lock, FUTEX_LOCK_PI, 0, &deadline, NULL, 0);
}

PROBE = {
	.about = "lock a PI futex with a time-out; SIGSTOP, SIGCONT, then the "
		 "lock",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS, .why = "ERESTARTNOINTR: the same call again, for its "
				"time-out is absolute" },
	},
	.seen = { "Linux kernel/futex/pi.c, futex_lock_pi" },
};
