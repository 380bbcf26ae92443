/* SPDX-License-Identifier: MIT */
/*
 * futex/tid-exists.c: a PI lock tells which threads there are, also outside:
 * the owner is looked up by the number in the word, and nobody asks who asks.
 */
#include "sleeper.h"

static int word, gone;
static int *shared;
static long pid;

static int partner(void)
{
	probe_pass(shared);
	return 0;
}

static int setup(void)
{
	shared = probe_shared();
	pid = shared ? probe_partner(partner) : -ENOMEM;
	gone = FUTEX_TID_MASK; /* beyond the highest possible pid_max */
	return pid < 0 ? (int)-pid : 0;
}

static long find(long tid, int op)
{
	word = (int)tid;
	return sys_futex(&word, op, 0, NULL, NULL, 0);
}

static int run(void)
{
	long own = find(pid, FUTEX_TRYLOCK_PI_PRIVATE);

	CHECK(find(gone, FUTEX_TRYLOCK_PI_PRIVATE) == -ESRCH);
	CHECK(own == -EPERM || own == -EAGAIN);
	probe_value(own);
	CHECK(find(gone, FUTEX_TRYLOCK_PI) == -ESRCH);
	CHECK(find(pid, FUTEX_TRYLOCK_PI) == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "try a PI lock whose word names another process, and none",
	.setup = setup,
	.run = run,
	.under = "four futex-private futex-wait-wake",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ DIES("futex"), .under = "futex-private",
			.why = "dies at the shared form; the private form "
			       "already answered: ESRCH for no thread, another "
			       "errno for a thread (EPERM on new kernels)" },
		{ WORKS, .why = "four calls suffice to list the threads of the "
				"pid namespace, of any user: EAGAIN or ESRCH" },
	},
	.seen = { "Linux kernel/futex/pi.c, attach_to_pi_owner" },
};
