/* SPDX-License-Identifier: MIT */
/* fit.h: does what the model does fit what was seen? */
#ifndef MODEL_FIT_H
#define MODEL_FIT_H

#include "model/step.h"

#define NEVER UINT32_MAX

/* A point in one order. */
struct point {
	struct model m;
	uint64_t done;		       /* steps; a sleeper's when he sleeps */
	uint8_t left[PROGRAM_THREADS]; /* words that it looked at to leave */
	bool only;		       /* there was one way to come here */
};

/* What was seen, and where the order went wrong that came furthest. */
struct fit {
	const struct program *p;
	const struct result *r;
	const bool *allowed;
	int best; /* steps done by then */
	int step, word;
	bool only;
	bool robbed; /* some order went wrong where the model is lost */
	char text[160];
};

/* It slept until the leader woke it, or was still on its way. */
bool fit_was_drained(const struct fit *f, int i);

/* When the step was over, by the run's clock. */
uint32_t fit_end_of(const struct fit *f, int i);

/* In the order, the step is over; it sleeps. */
bool point_is_over(const struct point *at, const struct fit *f, int i);
bool point_sleeps(const struct point *at, const struct fit *f, int i);

/* The next word that the thread, which has no more steps, unlocks; -1: none
 * (executor/inside_steps.c, leave_locks). */
int point_leaves(const struct point *at, const struct fit *f, int thread);

/* Does step I in *NEXT, which is AT. */
bool fit_step(struct fit *f, const struct point *at, int i, struct point *next,
	struct due *due);

/* Another thread may write a word or come to wait while this one, after its
 * last step, leaves its locks. */
bool fit_is_disturbed(const struct fit *f, int thread);

/* Those whose sleep ended between AT and NEXT, by step BY (-1: by none), came
 * back so. */
bool fit_others(struct fit *f, const struct point *at, const struct point *next,
	int by);

/* The first word of a step that is over, where nobody else can have touched it
 * before it was looked at. */
bool fit_word(struct fit *f, const struct point *at, int i);

/* Nothing more can come: the words are as seen, and nobody sleeps who came
 * back. */
bool fit_end(struct fit *f, const struct point *at);

#endif
