/* SPDX-License-Identifier: MIT */
/* minimize.h: the smallest profile under which a command does the same. */
#ifndef MINIMIZE_MINIMIZE_H
#define MINIMIZE_MINIMIZE_H

#include "minimize/trial.h"

/* Finds m->keep for what was asked in M. 0, or -1 and m->failure tells. */
int minimize_profile(struct minimize *m);

/* Frees what M holds, and the profiles that were asked for. */
void minimize_release(struct minimize *m);

#endif
