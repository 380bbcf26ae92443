/* SPDX-License-Identifier: MIT */
/* plain.h: FUTEX_WAIT and other operations that no lock is in. */
#ifndef MODEL_PLAIN_H
#define MODEL_PLAIN_H

#include "model/state.h"

struct due model_wait(struct model *m, int i);
struct due model_wake(struct model *m, int i);
struct due model_requeue(struct model *m, int i);
struct due model_wake_op(struct model *m, int i);

#endif
