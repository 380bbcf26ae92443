/* SPDX-License-Identifier: MIT */
/*
 * plain.c: waits, wakes and requeues, which no lock is in. Names of files and
 * functions in the reasons are those of kernel/futex.
 */
#include "model/plain.h"

#include <errno.h>

#define KEY_OF(key, word)                                                      \
	const char *why_##key = "";                                            \
	int key = model_key(m, word, s, &why_##key);                           \
	if (key < 0)                                                           \
	return model_returns(key, why_##key)

#define UNREADABLE "futex(2): EFAULT, the word cannot be read"

static uint32_t bitset_of(const struct step *s)
{
	int cmd = facts_cmd(s);

	return cmd == FUTEX_WAIT_BITSET || cmd == FUTEX_WAKE_BITSET
		       ? s->val3
		       : FUTEX_BITSET_MATCH_ANY;
}

/* waitwake.c, futex_wait_setup */
struct due model_wait(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	uint32_t value;

	if (!bitset_of(s))
		return model_returns(-EINVAL, "futex(2): EINVAL, val3 is zero");
	KEY_OF(key, s->word);
	if (!model_read(m, s->word, &value))
		return model_returns(-EFAULT, UNREADABLE);
	if (value != s->val)
		return model_returns(-EAGAIN,
			"futex(2): EAGAIN, the value at uaddr is not val");
	model_sleep(m, i,
		(struct model_sleeper){ .kind = WAIT_PLAIN,
			.key = (uint8_t)key,
			.bitset = bitset_of(s) });
	return (struct due){ .sleeps = true,
		.why = "futex(2): FUTEX_WAIT sleeps while the value is val" };
}

bool model_wake_queue(
	struct model *m, int key, int32_t n, uint32_t bits, int *count)
{
	int woken = 0;

	for (int t = model_next(m, key, -1); t >= 0;) {
		const struct model_sleeper at = m->at[t];

		if (at.kind != WAIT_PLAIN)
			return false;
		if (at.bitset & bits) {
			model_rise(m, t);
			++*count;
			if (++woken >= n)
				break;
		}
		t = model_next(m, key, model_place(&at));
	}
	return true;
}

#define NOT_SO "waitwake.c: EINVAL, a sleeper waits for a PI lock"

struct due model_wake(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	int n = 0;

	if (!bitset_of(s))
		return model_returns(-EINVAL, "futex(2): EINVAL, val3 is zero");
	KEY_OF(key, s->word);
	if (!model_wake_queue(m, key, (int32_t)s->val, bitset_of(s), &n))
		return model_returns(-EINVAL, NOT_SO);
	return model_returns(n, "futex(2): FUTEX_WAKE wakes at most val of the "
				"waiters, and returns their number");
}

/* requeue.c, futex_requeue: the wakes come first. */
static struct due move_all(
	struct model *m, const struct step *s, int key1, int key2)
{
	int32_t nr_wake = (int32_t)s->val, n = 0;

	for (int t = model_next(m, key1, -1); t >= 0;) {
		const struct model_sleeper at = m->at[t];

		if (n - nr_wake >= s->fourth)
			break;
		if (at.kind != WAIT_PLAIN)
			return model_returns(-EINVAL,
				"requeue.c: EINVAL, a sleeper waits for a PI "
				"lock");
		if (++n <= nr_wake)
			model_rise(m, t);
		else if (key1 != key2)
			model_move(m, t, key2);
		t = model_next(m, key1, model_place(&at));
	}
	return model_returns(n, "futex(2): FUTEX_REQUEUE wakes val, moves "
				"val2, and returns the number of both");
}

struct due model_requeue(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	uint32_t value;

	if ((int32_t)s->val < 0 || s->fourth < 0)
		return model_returns(
			-EINVAL, "futex(2): EINVAL, val or val2 is negative");
	KEY_OF(key1, s->word);
	KEY_OF(key2, s->word2);
	if (facts_cmd(s) == FUTEX_CMP_REQUEUE) {
		if (!model_read(m, s->word, &value))
			return model_returns(-EFAULT, UNREADABLE);
		if (value != s->val3)
			return model_returns(-EAGAIN,
				"futex(2): EAGAIN, the value at uaddr is not "
				"val3");
	}
	return move_all(m, s, key1, key2);
}

/* futex(2), FUTEX_WAKE_OP: signed. False: there is no such comparison. */
static bool compare(uint32_t val3, uint32_t before, bool *holds)
{
	int32_t old = (int32_t)before, arg = (int32_t)(val3 << 20) >> 20;

	switch (val3 >> 24 & 15) {
	case FUTEX_OP_CMP_EQ:
		*holds = old == arg;
		return true;
	case FUTEX_OP_CMP_NE:
		*holds = old != arg;
		return true;
	case FUTEX_OP_CMP_LT:
		*holds = old < arg;
		return true;
	case FUTEX_OP_CMP_LE:
		*holds = old <= arg;
		return true;
	case FUTEX_OP_CMP_GT:
		*holds = old > arg;
		return true;
	case FUTEX_OP_CMP_GE:
		*holds = old >= arg;
		return true;
	default:
		return false;
	}
}

struct due model_wake_op(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	uint32_t *word = &m->words[model_cell(m->p, s->word2)];
	uint32_t before = *word, after = before;
	bool holds;
	int n = 0;

	KEY_OF(key1, s->word);
	KEY_OF(key2, s->word2);
	if (!facts_wake_op(s->val3, &after))
		return model_returns(-ENOSYS,
			"arch/x86/include/asm/futex.h: no such FUTEX_OP_");
	if (!program_writable(m->p, s->word2))
		return model_returns(
			-EFAULT, "futex(2): EFAULT, uaddr2 cannot be written");
	*word = after;
	/* Told too late: the word is changed by then. */
	if (!compare(s->val3, before, &holds))
		return model_returns(
			-ENOSYS, "waitwake.c: no such FUTEX_OP_CMP_");
	if (!model_wake_queue(
		    m, key1, (int32_t)s->val, FUTEX_BITSET_MATCH_ANY, &n) ||
		(holds && !model_wake_queue(m, key2, s->fourth,
				  FUTEX_BITSET_MATCH_ANY, &n)))
		return model_returns(-EINVAL, NOT_SO);
	return model_returns(
		n, holds ? "futex(2): FUTEX_WAKE_OP wakes val of uaddr's, and "
			   "val2 of uaddr2's, for the comparison holds"
			 : "futex(2): FUTEX_WAKE_OP wakes val of uaddr's; the "
			   "comparison does not hold");
}
