/* SPDX-License-Identifier: MIT */
/* dice.c: what steps are made of, by chance. */
#include "program/dice.h"
#include "sys/futex.h"

#include <limits.h>
#include <linux/futex.h>

#define COUNT(a) ((uint32_t)(sizeof(a) / sizeof(*(a))))

/* xorshift64* (Marsaglia, Xorshift RNGs, 2003). */
uint32_t dice_below(struct dice *d, uint32_t n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (uint32_t)((d->state * 0x2545f4914f6cdd1d) >> 33) % n;
}

bool dice_one_in(struct dice *d, uint32_t n)
{
	return dice_below(d, n) == 0;
}

uint8_t dice_word(const struct program *p, struct dice *d)
{
	return (uint8_t)dice_below(d, (uint32_t)p->nwords);
}

uint8_t dice_thread(const struct program *p, struct dice *d)
{
	if (p->nsteps && !dice_one_in(d, 4))
		return p->steps[dice_below(d, (uint32_t)p->nsteps)].thread;
	return (uint8_t)dice_below(d, dice_one_in(d, 8) ? PROGRAM_THREADS : 4);
}

uint32_t dice_edge(const struct program *p, struct dice *d)
{
	static const uint32_t edges[] = { 0, 0, 0, 1, 1, 1, 2, 3, 9, INT_MAX,
		1u << 31, UINT32_MAX, FUTEX_WAITERS, FUTEX_OWNER_DIED,
		FUTEX_TID_MASK, FUTEX_OWNER_DIED | FUTEX_WAITERS };

	if (dice_one_in(d, 3))
		return p->words[dice_word(p, d)].value;
	return edges[dice_below(d, COUNT(edges))];
}

uint32_t dice_wake_op(struct dice *d)
{
	static const uint32_t args[] = { 0, 1, 2, 31, 0x7ff, 0x800, 0xfff };
	uint32_t op = dice_below(d, dice_one_in(d, 8) ? 16 : 5);
	uint32_t compare = dice_below(d, dice_one_in(d, 8) ? 16 : 6);

	op |= dice_one_in(d, 4) ? FUTEX_OP_OPARG_SHIFT : 0;
	return op << 28 | compare << 24 | args[dice_below(d, 7)] << 12 |
	       args[dice_below(d, 7)];
}

int32_t dice_time_out(struct dice *d)
{
	static const int32_t edges[] = { TIMEOUT_NONE, TIMEOUT_NONE, 0, 1, 50,
		50, 200, 1000, TIMEOUT_INVALID, TIMEOUT_FAULT };

	return edges[dice_below(d, COUNT(edges))];
}

uint16_t dice_op(struct dice *d)
{
	uint32_t op = dice_below(d, dice_one_in(d, 20) ? 128 : 14);

	op |= dice_one_in(d, 2) ? FUTEX_PRIVATE_FLAG : 0;
	op |= dice_one_in(d, 8) ? FUTEX_CLOCK_REALTIME : 0;
	/* Not bits 9 and 10: since Linux 7.2 these store to both words. */
	op |= dice_one_in(d, 40) ? 1u << (11 + dice_below(d, 4)) : 0;
	return (uint16_t)op;
}

void dice_futex(
	const struct program *p, struct step *s, uint16_t op, struct dice *d)
{
	s->kind = STEP_FUTEX;
	s->op = op;
	s->val = dice_edge(p, d);
	s->word2 = dice_word(p, d);
	s->fourth = program_times_out(op) ? dice_time_out(d)
					  : (int32_t)dice_edge(p, d);
	switch (op & FUTEX_COMMAND) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
		/* One that sleeps tells more than one that does not. */
		s->val = dice_one_in(d, 8) ? s->val : p->words[s->word].value;
		s->val3 = dice_one_in(d, 4) ? dice_edge(p, d)
					    : FUTEX_BITSET_MATCH_ANY;
		break;
	case FUTEX_WAKE_OP:
		s->val3 = dice_wake_op(d);
		break;
	case FUTEX_CMP_REQUEUE:
	case FUTEX_CMP_REQUEUE_PI:
		s->val = dice_one_in(d, 3) ? s->val : 1;
		s->val3 = dice_one_in(d, 8) ? dice_edge(p, d)
					    : p->words[s->word].value;
		break;
	default:
		s->val3 = dice_one_in(d, 2) ? dice_edge(p, d)
					    : FUTEX_BITSET_MATCH_ANY;
	}
}

/* Priorities are few, so that others have them too. */
uint32_t dice_value(
	const struct program *p, const struct step *s, struct dice *d)
{
	switch (s->kind) {
	case STEP_SLEEPS:
		return dice_thread(p, d);
	case STEP_PRIO:
		return dice_below(d, 4);
	default:
		return dice_edge(p, d);
	}
}

void dice_other(const struct program *p, struct step *s, struct dice *d)
{
	static const uint8_t kinds[] = { STEP_STORE, STEP_ADD, STEP_SLEEPS,
		STEP_SLEEPS, STEP_READ, STEP_WRITE, STEP_OWN, STEP_LINK,
		STEP_PENDING, STEP_CORRUPT, STEP_EXIT, STEP_STOP, STEP_DROP,
		STEP_FORK, STEP_PRIO };

	s->kind = kinds[dice_below(d, COUNT(kinds))];
	/* A stop costs two signals and a wait, a fork a process: seldom. */
	if ((s->kind == STEP_STOP || s->kind == STEP_FORK) &&
		!dice_one_in(d, 8))
		s->kind = STEP_STORE;
	s->val = dice_value(p, s, d);
	s->word2 = 0;
	if ((s->kind == STEP_OWN || s->kind == STEP_PRIO) && dice_one_in(d, 3))
		s->word2 = (uint8_t)(dice_thread(p, d) + 1);
}
