/* SPDX-License-Identifier: MIT */
/* futex/narrow-join.c: a join sleeps shared in glibc, for the kernel wakes
 * shared at a thread's end: both narrowings break it. */
#include "contender.h"

static pthread_t other;
static int leave;

static void *worker(void *arg)
{
	probe_pass(&leave);
	return arg;
}

static void take(void)
{
	pthread_create(&other, NULL, worker, NULL);
}

static void give(void)
{
	probe_open(&leave);
}

static int run(void)
{
	contender_go();
	if (pthread_join(other, NULL))
		return ESRCH;
	return 0;
}

PROBE = {
	.about = "join a thread that ends while the leader sleeps",
	.setup = contender_start,
	.run = run,
	.under = "four-process futex-wait-wake futex-private",
	.expect = {
		{ DIES("munmap|futex"), .libc = MUSL(0, 0, 0),
			.under = "futex-private",
			.why = "it sleeps by FUTEX_WAIT_PRIVATE; then, if the "
			       "thread is still on its way out, shared for the "
			       "thread list (__tl_sync)" },
		{ LOSES("munmap"), .libc = MUSL(0, 0, 0), .under = "four",
			.or = true, .why = "the worker may outlive the "
			"leader by a moment" },
		{ DIES("munmap"), .libc = MUSL(0, 0, 0),
			.why = "it slept well, and dies as it frees the "
			       "stack" },
		{ DIES("futex"), .under = "futex-wait-wake futex-private",
			.why = "FUTEX_WAIT_BITSET without FUTEX_PRIVATE_FLAG" },
		{ WORKS },
	},
	.seen = { "glibc nptl/pthread_join_common.c: LLL_SHARED",
		"musl src/thread/pthread_join.c" },
};
