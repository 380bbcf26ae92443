/* SPDX-License-Identifier: MIT */
/*
 * state.h: what the model of futex holds: words, keys, queues in their order
 * and who sleeps in them.
 */
#ifndef MODEL_STATE_H
#define MODEL_STATE_H

#include "program/facts.h"

enum model_wait {
	WAIT_NONE,  /* awake */
	WAIT_PLAIN, /* FUTEX_WAIT, FUTEX_WAIT_BITSET */
	WAIT_MOVE,  /* FUTEX_WAIT_REQUEUE_PI, before it is moved */
	WAIT_PI,    /* for a lock */
};

/* What a thread sleeps in. */
struct model_sleeper {
	uint8_t kind; /* enum model_wait */
	uint8_t step;
	uint8_t key;
	uint8_t key2; /* WAIT_MOVE: where it wants to be moved */
	/* It was given the lock, or waits no longer, but stands in the queue
	 * until it has run: its result is fixed. */
	bool leaving;
	int32_t ret;
	uint32_t bitset;
	uint16_t turn; /* its place in the queue: the lowest is first */
	uint16_t rank; /* WAIT_PI: its place among the lock's waiters */
	uint8_t prio;  /* that it came with: who has a higher one is first */
	uint8_t lent;  /* WAIT_PI: its own now, or what is lent to it */
};

/* How far a thread's end has come: robust.h. */
struct model_death {
	uint8_t state; /* enum model_end */
	uint8_t next;  /* the entry of its robust list that is next */
	bool wakes;    /* its waiter is to be woken now */
};

struct model {
	const struct program *p;
	const int32_t *tids;
	uint32_t words[PROGRAM_WORDS]; /* by model_cell */
	struct model_sleeper at[PROGRAM_THREADS];
	uint16_t turns;
	uint8_t prio[PROGRAM_THREADS]; /* real-time; 0: none */
	/* `prio` steps that the machine refused, a bit each: the caller's. */
	uint64_t refused;
	/* Of the lock that is this futex, while somebody waits for it: the
	 * thread that owns it, + 1; 0: it died, and the first who waits is on
	 * his way to take it. */
	uint8_t owner[FACTS_KEYS];
	struct model_death deaths[PROGRAM_THREADS];
	/* What it came to that the model does not know; NULL: nothing. */
	const char *lost;
	/*
	 * A requeue between two futexes of one hash bucket leaves the sleeper
	 * where he stood, else it puts him last (requeue_futex,
	 * kernel/futex/requeue.c): which it is, is not known. The caller sets
	 * `keeps`; `chose` says that it mattered.
	 */
	bool keeps, chose;
};

/* What a step does. */
struct due {
	int32_t ret; /* a value, or a negative errno */
	bool sleeps; /* instead; it returns when it is woken */
	const char *why;
};

/* The number that a word has of the thread. */
static inline uint32_t model_tid(const struct model *m, int thread)
{
	return (uint32_t)m->tids[thread];
}

void model_begin(struct model *m, const struct program *p, const int32_t *tids);

/* Which of m->words the word is. */
int model_cell(const struct program *p, int word);

struct due model_returns(int32_t ret, const char *why);

/* The futex that the word is, or a negative errno and *WHY. */
int model_key(const struct model *m, int word, const struct step *s,
	const char **why);

/* What the word holds. False: it cannot be read. */
bool model_read(const struct model *m, int word, uint32_t *value);

/* The same where the page is fetched as one to be written, if it is not there
 * (core.c, fault_in_user_writeable). */
bool model_read_locked(struct model *m, int word, uint32_t *value);

/* A sleeper's place in a queue: the lowest is first. Real-time threads stand
 * before others, those of one priority as they came (core.c, __futex_queue). */
static inline int model_place(const struct model_sleeper *s)
{
	return (PROGRAM_PRIOS - s->prio) << 16 | s->turn;
}

/* The first in the queue of KEY behind the place AFTER (-1: of all); -1: none.
 */
int model_next(const struct model *m, int key, int after);

/* The thread's priority, or the highest of those who wait for its locks. */
uint8_t model_urgency(const struct model *m, int thread);

void model_sleep(struct model *m, int i, struct model_sleeper as);

/* The sleeper stands in the queue of KEY from now on. */
void model_move(struct model *m, int thread, int key);

/* The thread is awake, and in no queue. */
void model_rise(struct model *m, int thread);

#endif
