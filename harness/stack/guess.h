/* SPDX-License-Identifier: MIT */
/* guess.h: a whole stack: out of frames that have no table, too. */
#ifndef STACK_GUESS_H
#define STACK_GUESS_H

#include "stack/walk.h"

/*
 * Fills the frames of IMAGE's walk, whose tid, is_32, symbols, frames and max
 * are set, from the registers REGS.
 */
void stack_frames(struct image *image, const struct regs *regs);

#endif
