/* SPDX-License-Identifier: MIT */
/*
 * dice.h: what steps of futex programs are made of, by chance: arguments take
 * the edges of their kind. Pure: the same state, the same numbers.
 */
#ifndef PROGRAM_DICE_H
#define PROGRAM_DICE_H

#include "program/program.h"

struct dice {
	uint64_t state; /* any but 0 */
};

/* A number below N, which is not 0. */
uint32_t dice_below(struct dice *d, uint32_t n);

/* True once in N times. */
bool dice_one_in(struct dice *d, uint32_t n);

/* A word of P's. */
uint8_t dice_word(const struct program *p, struct dice *d);

/* A thread: of P's more often than a new one. */
uint8_t dice_thread(const struct program *p, struct dice *d);

/* What words hold, how many to wake, which bits: the edges of all of them. */
uint32_t dice_edge(const struct program *p, struct dice *d);

/* FUTEX_WAKE_OP's third value, by its parts (futex(2)). */
uint32_t dice_wake_op(struct dice *d);

/* As struct step has it in `fourth`. */
int32_t dice_time_out(struct dice *d);

/* An operation with its flags. */
uint16_t dice_op(struct dice *d);

/* Makes S, whose word stands, a call of futex with the operation OP. */
void dice_futex(
	const struct program *p, struct step *s, uint16_t op, struct dice *d);

/* A value for S, which is of a kind other than futex. */
uint32_t dice_value(
	const struct program *p, const struct step *s, struct dice *d);

/* Makes S, whose word stands, one of a kind other than futex. */
void dice_other(const struct program *p, struct step *s, struct dice *d);

#endif
