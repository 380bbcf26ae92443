/* SPDX-License-Identifier: MIT */
/* plain.h: FUTEX_WAIT and other operations that no lock is in. */
#ifndef MODEL_PLAIN_H
#define MODEL_PLAIN_H

#include "model/state.h"

struct due model_wait(struct model *m, int i);
struct due model_wake(struct model *m, int i);
struct due model_requeue(struct model *m, int i);
struct due model_wake_op(struct model *m, int i);

/* Wakes at most N of KEY's, one at least, whose bits are among BITS; adds to
 * *COUNT. False where one waits for a lock, who is not to be woken so:
 * waitwake.c, futex_wake. */
bool model_wake_queue(
	struct model *m, int key, int32_t n, uint32_t bits, int *count);

#endif
