/* SPDX-License-Identifier: MIT */
/* futex/child-tid.c: the kernel writes 0 and wakes at a thread's end, at an
 * address that was given before the filter. */
#include "sleeper.h"

static int done, go;

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&go);
}

static int setup(void)
{
	long id = probe_thread(worker, NULL, &done);

	return id < 0 ? (int)-id : 0;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&done);
	CHECK(done == 0);
	return 0;
}

PROBE_RAW = {
	.about = "wait for the word that CLONE_CHILD_CLEARTID named",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = {
		{ DIES("futex"), .under = "three" },
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/set_tid_address.2.html" },
};
