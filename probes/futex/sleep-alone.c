/* SPDX-License-Identifier: MIT */
/* futex/sleep-alone.c: a wait that nobody can end is a proven hang, not a
 * time-out. */
#include "sleeper.h"

static int word;

static int run(void)
{
	if (probe_unfiltered())
		return 0;
	return (int)-sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

PROBE_RAW = {
	.about = "wait, alone and without time-out",
	.run = run,
	.under = "four four-process four-enosys",
	.expect = {
		{ HANGS, .why = "the four calls are enough to sleep for ever: "
				"bound the run from outside" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
