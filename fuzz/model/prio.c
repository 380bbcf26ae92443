/* SPDX-License-Identifier: MIT */
/* prio.c: real-time priorities. Names of functions are those of rtmutex.c. */
#include "model/prio.h"

/* rt_mutex_adjust_prio_chain goes on while something changes. */
#define CHAIN PROGRAM_THREADS

/* sched_setscheduler(2), from outside; a thread that sleeps keeps its place in
 * a futex queue, not among a lock's waiters (rt_mutex_adjust_pi). */
struct due model_prio(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];

	if (!(m->refused >> i & 1))
		m->prio[program_owner(s)] = (uint8_t)s->val;
	return model_returns(0, "");
}

/* rt_waiter_node_less */
bool model_goes_before(
	const struct model_sleeper *a, const struct model_sleeper *b)
{
	return a->lent != b->lent ? a->lent > b->lent : a->rank < b->rank;
}

/* rt_mutex_steal */
bool model_robs(const struct model *m, int key, uint8_t urgency)
{
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *at = &m->at[t];

		if (at->kind == WAIT_PI && at->key == key && at->leaving &&
			at->ret == 0 && urgency > at->lent)
			return true;
	}
	return false;
}

static bool lend_once(struct model *m)
{
	bool any = false;

	for (int t = 0; t < PROGRAM_THREADS; t++) {
		struct model_sleeper *at = &m->at[t];
		uint8_t now = model_urgency(m, t);

		if (at->kind != WAIT_PI || at->leaving || at->lent == now)
			continue;
		if (model_robs(m, at->key, now))
			m->lost = MODEL_ROBBED;
		at->lent = now;
		at->rank = m->turns++;
		any = true;
	}
	return any;
}

void model_lend(struct model *m)
{
	for (int n = 0; n < CHAIN && lend_once(m); n++)
		;
}
