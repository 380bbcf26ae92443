/* SPDX-License-Identifier: MIT */
/* pi_int.h: what pi.c and requeue_pi.c share. */
#ifndef MODEL_PI_INT_H
#define MODEL_PI_INT_H

#include "model/state.h"

#define UNREADABLE "futex(2): EFAULT, the word cannot be read"

/* What becomes of one who wants the lock. */
enum claim { CLAIM_FAILS, CLAIM_TAKES, CLAIM_WAITS };

/* THREAD wants the lock KEY: takes it if it is free, and says in DUE what its
 * call returns unless it has to wait. MORE: the word is to say that others
 * wait. */
enum claim model_claim(
	struct model *m, int key, int thread, bool more, struct due *due);

/* Does the lock's owner, by whom he waits for, wait for THREAD? */
bool model_circles(struct model *m, int key, int thread);

/* Who asks for the lock now, and would wait, may have it: the model is lost. */
void model_doubt(struct model *m, int key, int thread);

#endif
