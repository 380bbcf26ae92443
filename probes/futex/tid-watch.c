/* SPDX-License-Identifier: MIT */
/*
 * futex/tid-watch.c: a PI lock tells when a thread ends that has nothing to
 * do with it: the kernel hands over what the ended one never locked.
 */
#include "sleeper.h"

static int word;
static int *shared;
static long leader, pid;

/* Knows nothing of `word`: it lies in memory of the other process. */
static int partner(void)
{
	return probe_wait_asleep(leader);
}

static int setup(void)
{
	leader = sys(__NR_gettid);
	shared = probe_shared();
	pid = shared ? probe_partner(partner) : -ENOMEM;
	word = (int)pid;
	return pid < 0 ? (int)-pid : 0;
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(word == (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED | leader));
	return (int)-sys_futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
}

PROBE_RAW = {
	.about = "sleep on a PI lock that names a stranger until he exits",
	.setup = setup,
	.run = run,
	.under = "four futex-private futex-wait-wake",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS, .why = "waitpid for any thread of the pid namespace, "
				"by futex alone; a waiter of real-time "
				"priority also lends it to the stranger" },
	},
	.seen = { "Linux kernel/futex/pi.c, attach_to_pi_owner",
		"Linux kernel/futex/core.c, exit_pi_state_list" },
};
