/* SPDX-License-Identifier: MIT */
/*
 * behaviour.h: what a run showed, as places in a coverage map: how the fuzzer
 * knows a new program from one more of the same where the kernel does not tell
 * its own edges. Pure.
 */
#ifndef PROGRAM_BEHAVIOUR_H
#define PROGRAM_BEHAVIOUR_H

#include "program/result.h"

#define BEHAVIOURS    32768 /* places; the lower half of AFL++'s map */
#define BEHAVIOUR_OPS 16    /* futex operations 0 to 13, other ones, no futex */

/* Which of BEHAVIOUR_OPS a step is of. */
int behaviour_op(const struct step *s);

struct behaviour {
	uint16_t place; /* below BEHAVIOURS */
	uint8_t op;	/* below BEHAVIOUR_OPS */
};

#define BEHAVIOURS_OF_RUN (2 * PROGRAM_STEPS)

/*
 * The behaviours of one run, two for a step: what it returned, by operation,
 * flags, kinds of memory and other threads asleep on its word, before and in
 * the end; and what its thread's step before it was. Steps that did not run
 * have none. Returns their number; some may be the same.
 */
int behaviour_of(const struct program *p, const struct result *r,
	struct behaviour found[BEHAVIOURS_OF_RUN]);

#endif
