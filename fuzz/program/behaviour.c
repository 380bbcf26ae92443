/* SPDX-License-Identifier: MIT */
/* behaviour.c: what a run showed, as places in a coverage map. */
#include "program/behaviour.h"

#include "program/facts.h"
#include "program/words.h"
#include "sys/futex.h"
#include "sys/hash.h"

int behaviour_op(const struct step *s)
{
	if (s->kind != STEP_FUTEX)
		return BEHAVIOUR_OPS - 1;
	return facts_cmd(s) < OP_NAMES ? facts_cmd(s) : OP_NAMES;
}

/* Counts as far as they differ in kind: 0, 1, 2, more. */
static uint32_t few(uint32_t n)
{
	return n < 3 ? n : 3;
}

static uint32_t result_of(const struct result *r, int i)
{
	if (r->state[i] == STEP_DRAINED)
		return 200;
	return r->ret[i] < 0 ? (uint32_t)-r->ret[i] % 200
			     : 201 + few((uint32_t)r->ret[i]);
}

static uint32_t flags_of(const struct step *s)
{
	return (facts_private(s) ? 1u : 0) |
	       (s->op & FUTEX_CLOCK_REALTIME ? 2u : 0) |
	       (s->op & ~(uint32_t)(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME |
				    FUTEX_COMMAND)
			       ? 4u
			       : 0);
}

/* The second word as the first one sees it. */
static uint32_t second_word(const struct program *p, const struct step *s)
{
	int cmd = facts_cmd(s);

	if (!facts_requeues(s) && cmd != FUTEX_WAKE_OP &&
		cmd != FUTEX_WAIT_REQUEUE_PI && cmd != FUTEX_CMP_REQUEUE_PI)
		return 0;
	if (facts_same_address(p, s->word, s->word2))
		return 1;
	if (facts_same_word(p, s->word, s->word2))
		return 2;
	return 3u + p->words[s->word2].memory;
}

static uint32_t woken_before(
	const struct program *p, const struct result *r, int i)
{
	uint32_t n = 0;

	for (int k = 0; k < p->nsteps; k++)
		if (facts_wakes(&p->steps[k]) && r->state[k] == STEP_RETURNED &&
			r->ret[k] > 0 && r->end[k] < r->begin[i] &&
			facts_same_word(p, p->steps[k].word, p->steps[i].word))
			n += (uint32_t)r->ret[k];
	return n;
}

/* Other threads that slept on the word when the step began: those whose waits
 * had begun, without those that wakes had counted (when they come back is a
 * race); and whether they were woken or had to be drained. */
static uint32_t sleepers(const struct program *p, const struct result *r, int i)
{
	const struct step *s = &p->steps[i];
	uint32_t n = 0, ends = 0, gone = woken_before(p, r, i);

	for (int k = 0; k < p->nsteps; k++) {
		const struct step *other = &p->steps[k];

		if (other->thread == s->thread || other->kind != STEP_FUTEX ||
			!program_times_out(other->op) ||
			r->state[k] == STEP_NOT_RUN ||
			(r->state[k] == STEP_RETURNED && r->ret[k]) ||
			r->begin[k] > r->begin[i] ||
			!facts_same_word(p, other->word, s->word))
			continue;
		n++;
		ends |= r->state[k] == STEP_DRAINED ? 1u : 2u;
	}
	return few(n > gone ? n - gone : 0) << 2 | ends;
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
	return hash32(hash, &value, sizeof(value));
}

static struct behaviour place(uint32_t hash, const struct step *s)
{
	return (struct behaviour){ (hash ^ hash >> 15) % BEHAVIOURS,
		(uint8_t)behaviour_op(s) };
}

static uint32_t hash_step(
	const struct program *p, const struct result *r, int i)
{
	const struct step *s = &p->steps[i];
	uint32_t hash = mix(HASH32, s->kind);

	if (program_names_word(s))
		hash = mix(hash, p->words[s->word].memory);
	hash = mix(hash, result_of(r, i));
	if (s->kind != STEP_FUTEX)
		return hash;
	hash = mix(hash, (uint32_t)behaviour_op(s) << 8 | flags_of(s));
	hash = mix(hash, second_word(p, s));
	return mix(hash, sleepers(p, r, i));
}

static uint32_t hash_pair(
	const struct program *p, const struct result *r, int before, int i)
{
	const struct step *a = &p->steps[before], *b = &p->steps[i];
	uint32_t hash = mix(HASH32, 'p');

	hash = mix(hash, (uint32_t)a->kind << 8 | (uint32_t)behaviour_op(a));
	hash = mix(hash, result_of(r, before));
	hash = mix(hash, (uint32_t)b->kind << 8 | (uint32_t)behaviour_op(b));
	return mix(hash, result_of(r, i));
}

int behaviour_of(const struct program *p, const struct result *r,
	struct behaviour found[BEHAVIOURS_OF_RUN])
{
	int before[PROGRAM_THREADS], n = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		before[i] = -1;
	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];
		int last = before[s->thread];

		if (r->state[i] == STEP_NOT_RUN)
			continue;
		found[n++] = place(hash_step(p, r, i), s);
		if (last >= 0 && s->kind == STEP_FUTEX)
			found[n++] = place(hash_pair(p, r, last, i), s);
		before[s->thread] = i;
	}
	return n;
}
