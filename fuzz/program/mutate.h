/* SPDX-License-Identifier: MIT */
/*
 * mutate.h: changes futex programs as one who knows what they mean would: steps
 * come, go, and move between threads; arguments take the edges of their kind;
 * sleepers come with who wakes them. Pure: the same SEED, the same changes.
 */
#ifndef PROGRAM_MUTATE_H
#define PROGRAM_MUTATE_H

#include "program/dice.h"
#include "program/program.h"

/* Changes P in one to eight places. OTHER may be NULL: the program that a part
 * may be taken from. P stays one that program_encode() takes. */
void mutate(struct program *p, const struct program *other, struct dice *d);

#endif
