/* SPDX-License-Identifier: MIT */
/* inside_steps.h: the steps, as the threads inside the filter do them. */
#ifndef EXECUTOR_INSIDE_STEPS_H
#define EXECUTOR_INSIDE_STEPS_H

#include "executor/inside_state.h"

/* What a thread does for a program. */
void inside_steps(struct thread *t);

#endif
