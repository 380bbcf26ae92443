/* SPDX-License-Identifier: MIT */
/* futex/cow-fork.c: a fork shares pages until one side writes; who sleeps at
 * one is found behind that, by its own process alone. */
#include "sleeper.h"

enum { WORDS = 4 }; /* a page each; 0, 1: the parent writes first */

static volatile int *page[WORDS];
static struct sleeper s[WORDS];
static struct shared {
	int go, woken, done, end;
} * shared;

static int child(void)
{
	probe_pass(&shared->go);
	for (int i = 0; i < WORDS; i++) {
		*page[i] = 7;
		shared->woken += (int)sys_futex(page[i],
			i & 1 ? FUTEX_WAKE : FUTEX_WAKE_PRIVATE, 9, NULL, NULL,
			0);
	}
	probe_open(&shared->done);
	/* Its end is a SIGCHLD, which wakes a traced thread, ignored or not. */
	probe_pass(&shared->end);
	return 0;
}

static int setup(void)
{
	int err = 0;

	shared = probe_shared();
	for (int i = 0; i < WORDS && !err; i++) {
		long at = sys_mmap(4096, 3, 0x22, -1, 0);

		if (sys_failed(at))
			return ENOMEM;
		page[i] = (volatile int *)at;
		*page[i] = 5;
		s[i].word = page[i];
		s[i].val = 5;
		s[i].op = i & 1 ? FUTEX_WAIT : FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	if (err || !shared)
		return err ? err : ENOMEM;
	return probe_partner(child) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	*page[0] = *page[1] = 6;
	probe_open(&shared->go);
	probe_pass(&shared->done);
	CHECK(shared->woken == 0);
	CHECK(*page[0] == 6 && *page[1] == 6 && *page[2] == 5 && *page[3] == 5);
	for (int i = 0; i < WORDS; i++) {
		CHECK_AT(i, !s[i].ended);
		CHECK_AT(i, sys_futex(page[i],
				    i & 1 ? FUTEX_WAKE : FUTEX_WAKE_PRIVATE, 9,
				    NULL, NULL, 0) == 1);
		CHECK_AT(i, sleeper_result(s + i) == 0);
	}
	return 0;
}

PROBE_RAW = {
	.about = "sleep at private memory, fork, write from either side, wake",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the key of anonymous memory is its address "
				"in its process, not the page" },
	},
	.covers = "gvisor/WakeAfterCOWBreak",
	.seen = { "Linux kernel/futex/core.c, get_futex_key: \"Private mappings\"" },
};
