/* SPDX-License-Identifier: MIT */
/* futex/process-shared.c: a shared futex in shared memory is woken by another
 * process: what the sandbox shares, it is woken by. */
#include "sleeper.h"

static int *word;
static long leader;

static int partner(void)
{
	if (probe_wait_asleep(leader))
		return 1;
	return sys_futex(word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) != 0 ||
	       sys_futex(word, FUTEX_WAKE, 9, NULL, NULL, 0) != 1;
}

static int setup(void)
{
	leader = sys(__NR_gettid);
	word = probe_shared();
	return !word || probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	CHECK(sys_futex(word, FUTEX_WAIT, 0, NULL, NULL, 0) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "sleep in shared memory until an unfiltered process wakes",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.covers = "ltp/futex_wait02 kselftest/futex_wait.anon "
		  "gvisor/WakeInterprocessSharedAnon",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
