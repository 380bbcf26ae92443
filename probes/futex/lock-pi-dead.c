/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-dead.c: a PI word that names a thread which is gone is ESRCH,
 * and a kernel thread EPERM. */
#include "sleeper.h"

static int lock;

static int run(void)
{
	long got;

	lock = 0x3ffffffe;
	CHECK(sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-ESRCH);
	lock = 2;
	got = sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	/* In a process namespace of its own there is no kthreadd. */
	CHECK(got == -EPERM || got == -ESRCH);
	lock = FUTEX_WAITERS;
	CHECK(sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EPERM);
	return 0;
}

PROBE_RAW = {
	.about = "lock PI words that name no thread and a kernel thread",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/pi.c, attach_to_pi_owner" },
};
