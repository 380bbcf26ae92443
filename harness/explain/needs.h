/* SPDX-License-Identifier: MIT */
/* needs.h: what a program needs a system call for, in words. Pure. */
#ifndef EXPLAIN_NEEDS_H
#define EXPLAIN_NEEDS_H

#include "suite/evidence.h"

/*
 * Told from the call and the functions on its stack, innermost first. Never
 * NULL; "" when nothing is known of it.
 */
const char *explain_need(
	const char *call, const struct frame *frames, int nframes);

#endif
