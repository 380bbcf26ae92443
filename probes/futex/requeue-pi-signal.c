/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-pi-signal.c: a handled signal restarts a wait for a move to a
 * PI lock, and ends one that was moved, with EAGAIN.
 */
#include "sleeper.h"

static int word, lock, word2, lock2, leave;
static volatile int handled;
static struct sleeper s = { .word = &word,
	.op = FUTEX_WAIT_REQUEUE_PI_PRIVATE,
	.word2 = &lock,
	.leave = &leave };
static struct sleeper moved = {
	.word = &word2, .op = FUTEX_WAIT_REQUEUE_PI_PRIVATE, .word2 = &lock2
};

static void handler(int sig)
{
	(void)sig;
	handled++;
}

static void interrupt(const struct sleeper *to, int count)
{
	sys(__NR_tgkill, sys(__NR_getpid), to->tid, SIGUSR1);
	while (__atomic_load_n(&handled, __ATOMIC_SEQ_CST) < count)
		probe_nap(100000);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };
	int err = sigaction(SIGUSR1, &sa, NULL) ? errno : sleeper_start(&s);

	if (!err)
		err = sleeper_start(&moved);
	if (err)
		return err;
	interrupt(&s, 1);
	if (sys_futex(&lock2, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ||
		sys_futex(&word2, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL, &lock2,
			0) != 1)
		return EIO;
	interrupt(&moved, 2);
	return probe_wait_asleep(s.tid);
}

static int run(void)
{
	CHECK(!s.ended);
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL, &lock,
		      0) == 1);
	CHECK(sleeper_result(&s) == 0);
	CHECK((lock & FUTEX_TID_MASK) == s.tid);
	CHECK(sleeper_result(&moved) == -EAGAIN);
	CHECK(!sys_futex(&lock2, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	CHECK(lock2 == 0);
	probe_open(&leave);
	return 0;
}

PROBE = {
	.about = "a signal to a waiter before, and to another behind its move to "
		 "a PI lock",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS, .why = "the signals came before the filter: the "
				"handler returns" },
	},
	.covers = "kselftest/futex_requeue_pi_signal_restart",
	.seen = { "Linux kernel/futex/requeue.c, handle_early_requeue_pi_wakeup: "
		  "-ERESTARTNOINTR",
		"Linux kernel/futex/requeue.c, futex_wait_requeue_pi: "
		"-EWOULDBLOCK" },
};
