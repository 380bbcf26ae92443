/* SPDX-License-Identifier: MIT */
/* start.h: a cell's process, from fork to its program. */
#ifndef SUITE_START_H
#define SUITE_START_H

#include "suite/traced.h"

/* The limits that cells inherit; none of them binds the worker itself. 0 or a
 * negative errno. */
int start_limits(void);

/* Starts the cell, traced, and lets it go. 0 or a negative errno; EV->broken
 * says more where it knows. */
int start_cell(struct trace *t);

#endif
