/* SPDX-License-Identifier: MIT */
/* pi.h: locks that know their owner. */
#ifndef MODEL_PI_H
#define MODEL_PI_H

#include "model/state.h"

struct due model_lock(struct model *m, int i, bool tries);

/* By THREAD; PRIVATE or shared. */
struct due model_unlock(struct model *m, int thread, int word, bool private);

struct due model_wait_requeue(struct model *m, int i);
struct due model_cmp_requeue(struct model *m, int i);

/* The owner of KEY died, and who is first takes the lock now: true when there
 * is one. */
bool model_inherits(const struct model *m, int key);
void model_inherit(struct model *m, int key);

/* The sleeper, who waits for a lock or to be moved to one, waits no longer,
 * for RET: he stands in the queue until model_rise. */
void model_give_up(struct model *m, int thread, int32_t ret);

#endif
