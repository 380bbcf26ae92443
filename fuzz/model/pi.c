/* SPDX-License-Identifier: MIT */
/*
 * pi.c: locks that know their owner. Names of files and functions in the
 * reasons are those of kernel/futex.
 */
#include "model/pi.h"
#include "model/pi_int.h"

#include <errno.h>
#include <stddef.h>

#include "model/prio.h"
#include "model/robust.h"

/* No thread has a number above it: PID_MAX_LIMIT, include/linux/threads.h. */
#define TID_MAX	   (1u << 22)

#define UNWRITABLE "futex(2): EFAULT, the word cannot be written"

static uint32_t *word_of(struct model *m, int key)
{
	return &m->words[model_cell(m->p, key / 2)];
}

/* The first who waits for the lock and is not leaving; -1: nobody
 * (rtmutex.c, rt_mutex_top_waiter). */
static int first_waiter(const struct model *m, int key)
{
	int first = -1;

	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *at = &m->at[t];

		if (at->kind == WAIT_PI && at->key == key && !at->leaving &&
			(first < 0 || model_goes_before(at, &m->at[first])))
			first = t;
	}
	return first;
}

/* The thread that a word's number means; -1: none of the program's. */
static int thread_of(const struct model *m, uint32_t tid)
{
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (model_tid(m, t) == tid)
			return t;
	return -1;
}

/* pi.c, attach_to_pi_state: word and lock must agree. NULL, or why not. */
static const char *disagrees(const struct model *m, int key, uint32_t value)
{
	uint32_t tid = value & FUTEX_TID_MASK;
	int owner = m->owner[key] - 1;

	if (value & FUTEX_OWNER_DIED && !tid)
		return NULL;
	if (owner < 0)
		return "pi.c, attach_to_pi_state: EINVAL, the owner died, and "
		       "the word does not say so";
	if (tid != model_tid(m, owner))
		return "pi.c, attach_to_pi_state: EINVAL, the word does not "
		       "name the owner";
	return NULL;
}

/* pi.c, attach_to_pi_owner. 0, or a negative errno. */
static int attach(struct model *m, int key, uint32_t tid)
{
	int owner = thread_of(m, tid);

	if (owner < 0) {
		if (tid <= TID_MAX)
			m->lost = "a word names a stranger";
		return -ESRCH;
	}
	if (m->deaths[owner].state == END_DEAD)
		return -ESRCH;
	if (m->deaths[owner].state == END_CLEANS)
		m->lost = "a lock whose owner is exiting";
	m->owner[key] = (uint8_t)(owner + 1);
	return 0;
}

/* pi.c, futex_lock_pi_atomic */
enum claim model_claim(
	struct model *m, int key, int thread, bool more, struct due *due)
{
	uint32_t *word = word_of(m, key), value, tid;
	int top = model_next(m, key, -1);
	const char *why = NULL;

	*due = model_returns(-EFAULT, UNREADABLE);
	if (!model_read_locked(m, key / 2, &value))
		return CLAIM_FAILS;
	tid = value & FUTEX_TID_MASK;
	*due = model_returns(
		-EDEADLK, "futex(2): EDEADLK, the caller is the owner");
	if (tid == model_tid(m, thread))
		return CLAIM_FAILS;
	if (top >= 0) {
		why = m->at[top].kind != WAIT_PI
			      ? "pi.c: EINVAL, a sleeper waits for no lock"
			      : disagrees(m, key, value);
		*due = model_returns(-EINVAL, why);
		return why ? CLAIM_FAILS : CLAIM_WAITS;
	}
	*due = model_returns(-EFAULT, UNWRITABLE);
	if (!program_writable(m->p, key / 2))
		return CLAIM_FAILS;
	if (!tid) {
		*word = (value & FUTEX_OWNER_DIED) | model_tid(m, thread) |
			(more ? FUTEX_WAITERS : 0);
		m->owner[key] = (uint8_t)(thread + 1);
		*due = model_returns(
			0, "futex(2): FUTEX_LOCK_PI takes a free lock");
		return CLAIM_TAKES;
	}
	*word = value | FUTEX_WAITERS;
	*due = model_returns(attach(m, key, tid),
		"futex(2): ESRCH, the thread that the word names is not");
	return due->ret ? CLAIM_FAILS : CLAIM_WAITS;
}

/* rtmutex.c, rt_mutex_adjust_prio_chain */
bool model_circles(struct model *m, int key, int thread)
{
	int owner = m->owner[key] - 1;

	for (int n = 0; owner >= 0 && n < PROGRAM_THREADS; n++) {
		const struct model_sleeper *at = &m->at[owner];

		/* The word does not say so: it takes what it has, or errs. */
		if (owner == thread && !n)
			m->lost = "a lock that its owner asks for, of which "
				  "the word says that he died";
		if (owner == thread)
			return true;
		if (at->kind != WAIT_PI)
			return false;
		/* Whether he is the owner already, or will be. */
		if (at->leaving && at->ret == 0) {
			m->lost = "a circle of locks by one who was just given "
				  "his";
			return false;
		}
		if (at->leaving)
			return false;
		owner = m->owner[at->key] - 1;
	}
	return false;
}

void model_doubt(struct model *m, int key, int thread)
{
	if (!m->owner[key] && first_waiter(m, key) < 0)
		m->lost = "a lock whose owner died, and whose waiters left";
	if (model_robs(m, key, model_urgency(m, thread)))
		m->lost = MODEL_ROBBED;
}

/* pi.c, fixup_pi_owner: who is the owner, and does not get the lock, writes his
 * number into the word that did not name him any more. */
static void name_again(struct model *m, int key, int thread)
{
	uint32_t *word = word_of(m, key);

	if (m->owner[key] == thread + 1)
		*word = (*word & FUTEX_OWNER_DIED) | FUTEX_WAITERS |
			model_tid(m, thread);
}

struct due model_lock(struct model *m, int i, bool tries)
{
	const struct step *s = &m->p->steps[i];
	const char *why = "";
	int key = model_key(m, s->word, s, &why);
	struct due due;

	if (key < 0)
		return model_returns(key, why);
	if (model_claim(m, key, s->thread, false, &due) != CLAIM_WAITS)
		return due;
	model_doubt(m, key, s->thread);
	if (tries)
		name_again(m, key, s->thread);
	if (tries)
		return model_returns(
			-EAGAIN, "futex(2): FUTEX_TRYLOCK_PI does not wait");
	due = (struct due){ .sleeps = true,
		.why = "futex(2): FUTEX_LOCK_PI waits for the owner" };
	model_sleep(m, i,
		(struct model_sleeper){ .kind = WAIT_PI, .key = (uint8_t)key });
	if (model_circles(m, key, s->thread)) {
		due.why = "futex(2): EDEADLK, the owner waits for the caller";
		model_give_up(m, s->thread, -EDEADLK);
	}
	return due;
}

void model_give_up(struct model *m, int thread, int32_t ret)
{
	m->at[thread].leaving = true;
	m->at[thread].ret = ret;
}

/* pi.c, futex_unlock_pi: who is leaving is put out of the queue. */
static void put_out(struct model *m, int key)
{
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (m->at[t].kind == WAIT_PI && m->at[t].key == key)
			m->at[t].key = FACTS_KEYS;
}

/* pi.c, wake_futex_pi */
static struct due hand_over(struct model *m, int key, int to)
{
	*word_of(m, key) = FUTEX_WAITERS | model_tid(m, to);
	m->owner[key] = (uint8_t)(to + 1);
	model_give_up(m, to, 0);
	return model_returns(0,
		"futex(2): FUTEX_UNLOCK_PI gives the lock to the waiter of "
		"the highest priority");
}

struct due model_unlock(struct model *m, int thread, int word, bool private)
{
	const struct step s = { .op = private ? FUTEX_PRIVATE_FLAG : 0 };
	const char *why = "";
	uint32_t value;
	int key, top, to;

	if (!model_read(m, word, &value))
		return model_returns(-EFAULT, UNREADABLE);
	if ((value & FUTEX_TID_MASK) != model_tid(m, thread))
		return model_returns(
			-EPERM, "futex(2): EPERM, the caller does not own it");
	key = model_key(m, word, &s, &why);
	if (key < 0)
		return model_returns(key, why);
	top = model_next(m, key, -1);
	to = first_waiter(m, key);
	if (top >= 0 && m->at[top].kind != WAIT_PI)
		return model_returns(
			-EINVAL, "pi.c: EINVAL, a sleeper waits for no lock");
	if (top >= 0 && m->owner[key] != thread + 1)
		return model_returns(-EINVAL,
			"pi.c: EINVAL, the word names the caller, but another "
			"is the owner");
	if (!program_writable(m->p, word))
		return model_returns(-EFAULT, UNWRITABLE);
	if (to >= 0)
		return hand_over(m, key, to);
	put_out(m, key);
	*word_of(m, key) = 0;
	return model_returns(0, "futex(2): FUTEX_UNLOCK_PI leaves the lock; "
				"nobody waits for it");
}

bool model_inherits(const struct model *m, int key)
{
	return !m->owner[key] && first_waiter(m, key) >= 0;
}

/* pi.c, fixup_pi_state_owner */
void model_inherit(struct model *m, int key)
{
	int to = first_waiter(m, key);

	*word_of(m, key) = FUTEX_WAITERS | FUTEX_OWNER_DIED | model_tid(m, to);
	m->owner[key] = (uint8_t)(to + 1);
	model_give_up(m, to, 0);
}
