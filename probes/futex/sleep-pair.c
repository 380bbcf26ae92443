/* SPDX-License-Identifier: MIT */
/* futex/sleep-pair.c: two threads that wait for each other. */
#include "sleeper.h"

static int word, other;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT };

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	if (probe_unfiltered()) {
		probe_open(&word);
		return 0;
	}
	return (int)-sys_futex(&other, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

PROBE_RAW = {
	.about = "lock two words in opposite order, by futex alone",
	.setup = setup,
	.run = run,
	.under = "four-tsync four-process-tsync",
	.expect = {
		{ HANGS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
