/* SPDX-License-Identifier: MIT */
/* robust.c: the end of a thread: kernel/futex/core.c. */
#include "model/robust.h"

#include <stddef.h>

#include "model/plain.h"

/* Lists that are whole, and nobody else's: each word once. */
bool model_knows_lists(const struct program *p)
{
	uint32_t had = 0;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];
		uint32_t bit = 1u << model_cell(p, s->word);
		int memory = p->words[s->word].memory;

		if (facts_breaks_link(p, s))
			return false;
		if (s->kind != STEP_LINK)
			continue;
		if (had & bit || !program_writable(p, s->word) ||
			memory == MEMORY_UNALIGNED || memory == MEMORY_PAGE_END)
			return false;
		had |= bit;
	}
	return true;
}

/* The step in which the thread ends. */
static int exit_of(const struct model *m, int thread)
{
	int i = 0;

	while (m->p->steps[i].thread != thread ||
		m->p->steps[i].kind != STEP_EXIT)
		i++;
	return i;
}

/* The pending operation of the thread: the last; NULL: none. */
static const struct step *pending_of(const struct model *m, int thread)
{
	const struct step *s = NULL;

	for (int i = 0; i < exit_of(m, thread); i++)
		if (m->p->steps[i].thread == thread &&
			m->p->steps[i].kind == STEP_PENDING)
			s = &m->p->steps[i];
	return s;
}

/* exit_robust_list: the N-th that is looked at: the list from its newest entry
 * on, then what is pending. NULL: no more. */
static const struct step *entry(
	const struct model *m, int thread, int n, bool *is_pending)
{
	const struct step *pending = pending_of(m, thread);

	*is_pending = false;
	for (int i = exit_of(m, thread); i >= 0; i--) {
		const struct step *s = &m->p->steps[i];

		if (s->thread != thread || s->kind != STEP_LINK ||
			(pending && facts_same_address(
					    m->p, pending->word, s->word)))
			continue;
		if (n-- == 0)
			return s;
	}
	*is_pending = true;
	return n == 0 ? pending : NULL;
}

/* handle_futex_death */
static bool mark(struct model *m, int thread, const struct step *s,
	bool is_pending, bool wakes, bool *chose)
{
	uint32_t *word = &m->words[model_cell(m->p, s->word)], value;
	int memory = m->p->words[s->word].memory;
	bool pi = s->val, waiters;

	if (memory == MEMORY_UNALIGNED || memory == MEMORY_PAGE_END ||
		!model_read(m, s->word, &value))
		return false;
	waiters = value & FUTEX_WAITERS;
	if ((value & FUTEX_TID_MASK) == model_tid(m, thread)) {
		*word = (value & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
		return !pi && waiters;
	}
	/* Since Linux 6.14 also where the word is not 0. */
	if (!is_pending || pi || (value & FUTEX_TID_MASK && waiters))
		return false;
	*chose = value != 0;
	return wakes || !value;
}

static void wake_one(struct model *m, const struct step *s)
{
	const char *why;
	const struct step shared = { 0 };
	int key = model_key(m, s->word, &shared, &why);
	int n = 0;

	if (key >= 0)
		model_wake_queue(m, key, 1, FUTEX_BITSET_MATCH_ANY, &n);
}

/* exit_pi_state_list: one lock. True when it had one. */
static bool leave_lock(struct model *m, int thread)
{
	for (int key = 0; key < FACTS_KEYS; key++) {
		bool used = false;

		for (int t = 0; t < PROGRAM_THREADS; t++)
			used |= m->at[t].kind == WAIT_PI && m->at[t].key == key;
		if (!used || m->owner[key] != thread + 1)
			continue;
		m->owner[key] = 0;
		return true;
	}
	return false;
}

void model_die(struct model *m, int thread, bool wakes, bool *chose)
{
	struct model_death *d = &m->deaths[thread];
	const struct step *s;
	bool is_pending;

	*chose = false;
	if (d->state == END_BEGINS) {
		d->state = END_CLEANS;
		return;
	}
	s = entry(m, thread, d->next, &is_pending);
	if (s && d->wakes) {
		wake_one(m, s);
		d->wakes = false;
		d->next++;
	} else if (s) {
		d->wakes = mark(m, thread, s, is_pending, wakes, chose);
		d->next += !d->wakes;
	} else if (!leave_lock(m, thread)) {
		d->state = END_DEAD;
	}
}
