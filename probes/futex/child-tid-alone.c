/* SPDX-License-Identifier: MIT */
/* futex/child-tid-alone.c: where nobody else has the memory, the end of a
 * thread writes no 0. */
#include "filters.h"

static volatile int *word;

static int setup(void)
{
	word = probe_shared();
	return word ? 0 : ENOMEM;
}

/* A copy of the memory, but for the word's page. */
static int alone(long unused)
{
	(void)unused;
	*word = 7;
	return sys(__NR_set_tid_address, word) <= 0;
}

static int run(void)
{
	CHECK(filter_child(alone, 0) == 0);
	CHECK(*word == 7);
	return 0;
}

PROBE_RAW = {
	.about = "end a process of one thread that named a word to be cleared",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.expect = {
		{ DIES("clone") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/set_tid_address.2.html: "
		  "\"if the thread is sharing memory\"",
		"Linux kernel/fork.c, mm_release" },
};
