/* SPDX-License-Identifier: MIT */
/* fatal.h: stacks of programs that end themselves for a fault. Pure. */
#ifndef STACK_FATAL_H
#define STACK_FATAL_H

#include "stack/frame.h"

/* The signal that the world would have seen, had the call of this stack not
 * been refused, or 0: a function that ends the program for a fault is on it. */
int stack_fatal(const struct frame *frames, int nframes);

#endif
