/* SPDX-License-Identifier: MIT */
/* futex/wake-processes.c: of three processes that sleep at a word they share
 * one is woken, then two. */
#include "sleeper.h"

enum { PROCESSES = 3 };

static struct shared {
	int word, awake;
} * shared;

static int process(void)
{
	sys_futex(&shared->word, FUTEX_WAIT, 0, NULL, NULL, 0);
	__atomic_fetch_add(&shared->awake, 1, __ATOMIC_SEQ_CST);
	sys_futex(&shared->awake, FUTEX_WAKE, 1, NULL, NULL, 0);
	return 0;
}

static int setup(void)
{
	shared = probe_shared();
	for (int i = 0; shared && i < PROCESSES; i++) {
		long pid = probe_partner(process);

		if (pid < 0 || probe_wait_asleep(pid))
			return EAGAIN;
	}
	return shared ? 0 : ENOMEM;
}

/* Waits until COUNT are awake, and tells how many there are. */
static int awake(int count)
{
	int was;

	while ((was = __atomic_load_n(&shared->awake, __ATOMIC_SEQ_CST)) <
		count)
		sys_futex(&shared->awake, FUTEX_WAIT, was, NULL, NULL, 0);
	return was;
}

static int run(void)
{
	CHECK(sys_futex(&shared->word, FUTEX_WAKE, 1, NULL, NULL, 0) == 1);
	CHECK(awake(1) == 1);
	CHECK(sys_futex(&shared->word, FUTEX_WAKE, 9, NULL, NULL, 0) == 2);
	CHECK(awake(PROCESSES) == PROCESSES);
	CHECK(sys_futex(&shared->word, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "wake one of three processes, then the rest",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.covers = "ltp/futex_wake03",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
