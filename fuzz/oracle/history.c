/* SPDX-License-Identifier: MIT */
/* history.c: what one run of a program was, event by event. */
#include "oracle/history.h"

#include <string.h>

#include "sys/futex.h"
#include "sys/hash.h"

#define STAMPS (4 * PROGRAM_STEPS)

static void add(struct history *h, int what, int at, int32_t value)
{
	if (h->n < HISTORY_EVENTS)
		h->events[h->n++] = (struct history_event){ what, at, value };
}

/* By its stamp; what comes after LAST is the leader's doing. */
static void put(struct history_event *at[STAMPS], struct history_event *e,
	int stamp, int last)
{
	if (stamp > 0 && stamp < STAMPS && (!last || stamp < last))
		at[stamp] = e;
}

static void add_steps(
	const struct program *p, const struct result *r, struct history *h)
{
	struct history_event begins[PROGRAM_STEPS], ends[PROGRAM_STEPS];
	struct history_event *at[STAMPS] = { NULL };

	for (int i = 0; i < p->nsteps; i++) {
		begins[i] = (struct history_event){ HISTORY_BEGIN, i, 0 };
		ends[i] = (struct history_event){ HISTORY_END, i, r->ret[i] };
		put(at, &begins[i], r->begin[i], r->drained);
		put(at, &ends[i], r->end[i], r->drained);
	}
	for (int i = 0; i < STAMPS; i++)
		if (at[i])
			add(h, at[i]->what, at[i]->at, at[i]->value);
	if (r->drained)
		add(h, HISTORY_DRAIN, 0, 0);
}

/* A thread's number is another one in each run. */
static uint32_t without_tid(const struct result *r, uint32_t word)
{
	for (uint32_t t = 0; t < PROGRAM_THREADS; t++)
		if (r->tids[t] &&
			(word & FUTEX_TID_MASK) == (uint32_t)r->tids[t])
			return hash32(word & ~(uint32_t)FUTEX_TID_MASK, &t,
				sizeof(t));
	return word;
}

static void add_words(
	const struct program *p, const struct result *r, struct history *h)
{
	uint32_t hash = HASH32;

	for (int i = 0; i < p->nwords; i++) {
		uint32_t word = without_tid(r, r->words[i]);

		hash = hash32(hash, &word, sizeof(word));
	}
	add(h, HISTORY_WORDS, 0, (int32_t)hash);
}

void history_of(const struct program *p, const struct result *r, int broken,
	int step, struct history *h)
{
	h->n = 0;
	add_steps(p, r, h);
	if (r->lost)
		add(h, HISTORY_LOST, r->lost - 1, 0);
	else if (r->status)
		add(h, HISTORY_DIED, 0, r->status);
	else if (r->stuck)
		add(h, HISTORY_STUCK, 0, 0);
	/* The leader takes and leaves locks to wake who waits for them. */
	else if (!r->drained)
		add_words(p, r, h);
	if (broken < 0)
		add(h, HISTORY_KEPT, 0, 0);
	else
		add(h, HISTORY_BROKE, step + 1, broken);
}

int history_common(const struct history *a, const struct history *b)
{
	int n = 0;

	while (n < a->n && n < b->n &&
		!memcmp(&a->events[n], &b->events[n], sizeof(*a->events)))
		n++;
	return n;
}

bool history_same(const struct history *a, const struct history *b)
{
	return a->n == b->n && history_common(a, b) == a->n;
}
