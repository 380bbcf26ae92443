/* SPDX-License-Identifier: MIT */
/*
 * step.h: what futex is, as a program. It is given the steps of a program one
 * after the other, in whatever order, and says of each what it must return and
 * why. Pure.
 */
#ifndef MODEL_STEP_H
#define MODEL_STEP_H

#include "model/state.h"

/* False for programs with steps that the model has no rules for: *WHAT is the
 * first. */
bool model_knows(const struct program *p, const char **what);

/* Does step I, of a thread that is awake. Who is woken by it is awake then. */
struct due model_step(struct model *m, int i);

#endif
