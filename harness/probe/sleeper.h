/* SPDX-License-Identifier: MIT */
/*
 * sleeper.h: threads that sleep in a futex call, for the probes in futex/.
 * Started in setup(), unfiltered: the calls under test are those of run().
 */
#ifndef PROBE_SLEEPER_H
#define PROBE_SLEEPER_H

#include <linux/futex.h>

#include "probe/probe.h"

/* CHECK for a row of a table: the record's values say which failed. */
#define CHECK_AT(row, cond)                                                    \
	do {                                                                   \
		if (!(cond)) {                                                 \
			probe_value(row);                                      \
			return probe_wrong(__LINE__);                          \
		}                                                              \
	} while (0)

struct sleeper {
	volatile int *word;
	int op;
	long val;
	void *timeout; /* NULL: none */
	volatile int *word2;
	long val3;
	long tid;
	volatile long result; /* of the call, once `ended` */
	volatile int ended;
	int *leave; /* a gate: the thread lives, and owns, until it opens */
};

static inline void sleeper_run(void *arg)
{
	struct sleeper *s = arg;

	s->result = sys_futex(
		s->word, s->op, s->val, s->timeout, s->word2, s->val3);
	__atomic_store_n(&s->ended, 1, __ATOMIC_SEQ_CST);
	if (s->leave)
		probe_pass(s->leave);
}

/* Starts S and waits until it sleeps. 0 or an errno. */
static inline int sleeper_start(struct sleeper *s)
{
	s->tid = probe_thread(sleeper_run, s, NULL);
	return s->tid < 0 ? (int)-s->tid : probe_wait_asleep(s->tid);
}

/* Waits until S's call came back, without a call that a narrowed filter could
 * refuse, and returns its result. */
static inline long sleeper_result(struct sleeper *s)
{
	while (!__atomic_load_n(&s->ended, __ATOMIC_SEQ_CST))
		;
	return s->result;
}

/* FUTEX_LOCK_PI2, which the headers may lack, is there from Linux 5.14 on. For
 * setup(): no word lies at an odd address. */
#define SLEEPER_LOCK_PI2 13
static inline bool sleeper_lock_pi2(void)
{
	static int words[2];

	return sys_futex((char *)words + 1, SLEEPER_LOCK_PI2, 0, NULL, NULL,
		       0) != -ENOSYS;
}

/* gVisor has neither FUTEX_WAIT_REQUEUE_PI nor FUTEX_CMP_REQUEUE_PI. */
static inline bool sleeper_requeue_pi(void)
{
	static int words[2];

	return sys_futex((char *)words + 1, FUTEX_CMP_REQUEUE_PI, 1, NULL,
		       words, 0) != -ENOSYS;
}

/* True when S sleeps on, a while after it could have been woken. */
static inline bool sleeper_sleeps(struct sleeper *s)
{
	for (volatile int i = 0; i < 200000; i++)
		;
	return !__atomic_load_n(&s->ended, __ATOMIC_SEQ_CST);
}

#endif
