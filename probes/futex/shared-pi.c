/* SPDX-License-Identifier: MIT */
/* futex/shared-pi.c: the PI operations in their shared form: a lock between
 * processes, whose owner dies in another one. */
#include "sleeper.h"

static int *lock, own;
static long pid;
static int again = FUTEX_LOCK_PI;

static int partner(void)
{
	sys_futex(lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0);
	probe_open(lock + 1);
	return probe_wait_asleep(own);
}

static int setup(void)
{
	if (sleeper_lock_pi2())
		again = SLEEPER_LOCK_PI2;
	own = (int)sys(__NR_gettid);
	lock = probe_shared();
	pid = lock ? probe_partner(partner) : -ENOMEM;
	if (pid < 0)
		return (int)-pid;
	probe_pass(lock + 1);
	return 0;
}

static long pi(int op)
{
	return sys_futex(lock, op, 0, NULL, NULL, 0);
}

static int run(void)
{
	CHECK(*lock == pid);
	CHECK(pi(FUTEX_TRYLOCK_PI) == -EAGAIN);
	CHECK(pi(FUTEX_UNLOCK_PI) == -EPERM);
	CHECK(pi(FUTEX_LOCK_PI) == 0);
	CHECK(*lock == (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED | own));
	CHECK(pi(FUTEX_LOCK_PI) == -EDEADLK);
	CHECK(pi(FUTEX_UNLOCK_PI) == 0 && !*lock);
	CHECK(pi(again) == 0 && *lock == own);
	return (int)-pi(FUTEX_UNLOCK_PI);
}

PROBE_RAW = {
	.about = "wait for a PI lock that another process holds as it ends",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake futex-private" },
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/core.c, exit_pi_state_list" },
};
