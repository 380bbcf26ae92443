/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-captures.c: who shares a word with an outsider can move him,
 * asleep, to a word that the outsider does not have.
 */
#include "sleeper.h"

static int *shared, mine;

static int partner(void)
{
	return sys_futex(shared, FUTEX_WAIT, 0, NULL, NULL, 0) != 0;
}

static int setup(void)
{
	long pid;

	shared = probe_shared();
	if (!shared)
		return ENOMEM;
	pid = probe_partner(partner);
	return pid < 0 ? (int)-pid : probe_wait_asleep(pid);
}

static int run(void)
{
	CHECK(sys_futex(shared, FUTEX_REQUEUE, 0, (void *)1, &mine, 0) == 1);
	CHECK(sys_futex(shared, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(&mine, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	return 0;
}

PROBE_RAW = {
	.about = "move an outsider's sleep from shared memory to a word of "
		 "one's own, and wake him there",
	.setup = setup,
	.run = run,
	.under = "four futex-private futex-wait-wake",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake futex-private" },
		{ WORKS, .why = "his own wakes find nobody any more; without a "
				"time-out he sleeps until a signal. WAIT and "
				"WAKE alone, or private ones alone, end that" },
	},
	.seen = { "Linux kernel/futex/requeue.c, requeue_futex" },
};
