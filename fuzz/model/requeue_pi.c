/* SPDX-License-Identifier: MIT */
/*
 * requeue_pi.c: waiters that are moved to a lock. Names of files and functions
 * in the reasons are those of kernel/futex.
 */
#include <errno.h>

#include "model/pi.h"
#include "model/pi_int.h"
#include "model/prio.h"

/* requeue.c, futex_wait_requeue_pi */
struct due model_wait_requeue(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	const char *why = "";
	uint32_t value;
	int key, key2;

	if (facts_same_address(m->p, s->word, s->word2))
		return model_returns(
			-EINVAL, "futex(2): EINVAL, uaddr equals uaddr2");
	key2 = model_key(m, s->word2, s, &why);
	if (key2 < 0)
		return model_returns(key2, why);
	key = model_key(m, s->word, s, &why);
	if (key < 0)
		return model_returns(key, why);
	if (!model_read(m, s->word, &value))
		return model_returns(-EFAULT, UNREADABLE);
	if (value != s->val)
		return model_returns(-EAGAIN,
			"futex(2): EAGAIN, the value at uaddr is not val");
	if (key == key2)
		return model_returns(-EINVAL,
			"requeue.c: EINVAL, both addresses are one futex");
	model_sleep(m, i,
		(struct model_sleeper){ .kind = WAIT_MOVE,
			.key = (uint8_t)key,
			.key2 = (uint8_t)key2 });
	return (struct due){ .sleeps = true,
		.why = "futex(2): FUTEX_WAIT_REQUEUE_PI sleeps while the value "
		       "is val" };
}

#define STRANGER "requeue.c: EINVAL, a sleeper does not wait to be moved there"

/* requeue.c, futex_proxy_trylock_atomic: takes the free lock for who is first
 * in the queue of KEY. False: DUE is the end of it. */
static bool take_for_first(struct model *m, const struct step *s, int key,
	int key2, int *n, struct due *due)
{
	int top = model_next(m, key, -1);
	uint32_t value;

	*due = model_returns(-EFAULT, UNREADABLE);
	if (!model_read_locked(m, s->word2, &value))
		return false;
	if (top < 0)
		return true;
	*due = model_returns(-EINVAL, STRANGER);
	if (m->at[top].kind != WAIT_MOVE || m->at[top].key2 != key2)
		return false;
	switch (model_claim(m, key2, top, s->fourth > 0, due)) {
	case CLAIM_TAKES:
		++*n;
		model_give_up(m, top, 0);
		/* He is in no queue by then. */
		m->at[top].key = FACTS_KEYS;
		return true;
	case CLAIM_WAITS:
		return true;
	default:
		return false;
	}
}

/* The sleeper waits for the lock from now on; false: that would be a circle. */
static bool move_to_lock(struct model *m, int thread, int key)
{
	struct model_sleeper *at = &m->at[thread];

	if (model_circles(m, key, thread))
		return false;
	at->kind = WAIT_PI;
	at->rank = m->turns++;
	at->lent = model_urgency(m, thread);
	model_move(m, thread, key);
	return true;
}

/* requeue.c, futex_requeue */
struct due model_cmp_requeue(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	const char *why = "";
	struct due due;
	uint32_t value;
	int key, key2, n = 0;

	if ((int32_t)s->val < 0 || s->fourth < 0)
		return model_returns(
			-EINVAL, "futex(2): EINVAL, val or val2 is negative");
	if (facts_same_address(m->p, s->word, s->word2))
		return model_returns(
			-EINVAL, "futex(2): EINVAL, uaddr equals uaddr2");
	if (s->val != 1)
		return model_returns(-EINVAL,
			"futex(2): EINVAL, val is not 1 (FUTEX_CMP_REQUEUE_PI "
			"wakes one)");
	key = model_key(m, s->word, s, &why);
	if (key < 0)
		return model_returns(key, why);
	key2 = model_key(m, s->word2, s, &why);
	if (key2 < 0)
		return model_returns(key2, why);
	if (key == key2)
		return model_returns(-EINVAL,
			"requeue.c: EINVAL, both addresses are one futex");
	if (!model_read(m, s->word, &value))
		return model_returns(-EFAULT, UNREADABLE);
	if (value != s->val3)
		return model_returns(-EAGAIN,
			"futex(2): EAGAIN, the value at uaddr is not val3");
	if (!take_for_first(m, s, key, key2, &n, &due))
		return due;
	for (int t = model_next(m, key, -1); t >= 0 && n - 1 < s->fourth;) {
		const struct model_sleeper at = m->at[t];

		if (at.kind != WAIT_MOVE || at.key2 != key2)
			return model_returns(-EINVAL, STRANGER);
		if (!at.leaving)
			model_doubt(m, key2, t);
		if (!at.leaving && !move_to_lock(m, t, key2))
			return model_returns(-EDEADLK,
				"futex(2): EDEADLK, the owner waits for who "
				"would be moved");
		n += !at.leaving;
		t = model_next(m, key, model_place(&at));
	}
	return model_returns(n, "futex(2): FUTEX_CMP_REQUEUE_PI moves the "
				"waiters to the lock, and gives it to the "
				"first if it is free");
}
