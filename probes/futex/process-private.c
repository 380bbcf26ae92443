/* SPDX-License-Identifier: MIT */
/* futex/process-private.c: a private wake, or a wake of a copy, never reaches
 * another process. */
#include "sleeper.h"

static int *shared, words[2], *copy = words;

/* Sleeps on the copy that fork made; a thread of it on the shared word. */
static int partner(void)
{
	static struct sleeper s = { .op = FUTEX_WAIT };

	s.word = shared;
	if (sleeper_start(&s))
		return 1;
	probe_open(shared + 2);
	return (int)sys_futex(copy, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static int setup(void)
{
	long pid;

	shared = probe_shared();
	words[0] = 0;
	if (!shared)
		return ENOMEM;
	pid = probe_partner(partner);
	if (pid < 0)
		return EAGAIN;
	probe_pass(shared + 2);
	return probe_wait_asleep(pid);
}

static int run(void)
{
	for (int i = 0; i < 100; i++) {
		CHECK(sys_futex(copy, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
		CHECK(sys_futex(copy, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) ==
			0);
		CHECK(sys_futex(shared, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) ==
			0);
		CHECK(sys_futex(shared + 1, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake words at which another process sleeps, by "
		 "private operations and in a copy of its memory",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "gvisor/NoWakeInterprocessPrivateAnon",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
