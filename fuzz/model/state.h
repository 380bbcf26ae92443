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
};

/* What a thread sleeps in. */
struct model_sleeper {
	uint8_t kind; /* enum model_wait */
	uint8_t step;
	uint8_t key;
	uint32_t bitset;
	uint16_t turn; /* its place in the queue: the lowest is first */
};

struct model {
	const struct program *p;
	const int32_t *tids;
	uint32_t words[PROGRAM_WORDS]; /* by model_cell */
	struct model_sleeper at[PROGRAM_THREADS];
	uint16_t turns;
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

void model_begin(struct model *m, const struct program *p, const int32_t *tids);

/* Which of m->words the word is. */
int model_cell(const struct program *p, int word);

struct due model_returns(int32_t ret, const char *why);

/* The futex that the word is, or a negative errno and *WHY. */
int model_key(const struct model *m, int word, const struct step *s,
	const char **why);

/* What the word holds. False: it cannot be read. */
bool model_read(const struct model *m, int word, uint32_t *value);

/* The first in the queue of KEY behind the turn AFTER (-1: of all); -1: none.
 */
int model_next(const struct model *m, int key, int after);

void model_sleep(struct model *m, int i, struct model_sleeper as);

/* The thread is awake, and in no queue. */
void model_rise(struct model *m, int thread);

#endif
