/* SPDX-License-Identifier: MIT */
/* state.c: words, keys and queues. */
#include "model/state.h"

#include <errno.h>
#include <string.h>

int model_cell(const struct program *p, int word)
{
	return facts_key(p, word, false) / 2;
}

void model_begin(struct model *m, const struct program *p, const int32_t *tids)
{
	memset(m, 0, sizeof(*m));
	m->p = p;
	m->tids = tids;
	for (int i = 0; i < p->nwords; i++)
		m->words[model_cell(p, i)] = facts_first_value(p, i);
}

struct due model_returns(int32_t ret, const char *why)
{
	return (struct due){ .ret = ret, .why = why };
}

/* get_futex_key, kernel/futex/core.c */
int model_key(
	const struct model *m, int word, const struct step *s, const char **why)
{
	bool private = s->op & FUTEX_PRIVATE_FLAG;

	switch (m->p->words[word].memory) {
	case MEMORY_UNALIGNED:
	case MEMORY_PAGE_END:
		*why = "futex(2): EINVAL, the address is not aligned";
		return -EINVAL;
	case MEMORY_KERNEL:
		*why = "futex(2): EFAULT, no address of the caller's";
		return -EFAULT;
	case MEMORY_NONE:
	case MEMORY_UNMAPPED:
	case MEMORY_READ_ONLY:
		if (private)
			break;
		*why = "core.c, get_futex_key: a shared futex needs its page, "
		       "and private memory the right to write";
		return -EFAULT;
	}
	return facts_key(m->p, word, private);
}

bool model_read(const struct model *m, int word, uint32_t *value)
{
	if (!program_writable(m->p, word) &&
		m->p->words[word].memory != MEMORY_READ_ONLY)
		return false;
	*value = m->words[model_cell(m->p, word)];
	return true;
}

bool model_read_locked(struct model *m, int word, uint32_t *value)
{
	const struct program *p = m->p;

	/* All words of that kind lie in one page. */
	for (int i = 0; i < p->nsteps; i++)
		if (p->words[word].memory == MEMORY_READ_ONLY &&
			p->steps[i].kind == STEP_DROP &&
			p->words[p->steps[i].word].memory == MEMORY_READ_ONLY)
			m->lost = "a lock in a read-only page that may be gone";
	return model_read(m, word, value);
}

int model_next(const struct model *m, int key, int after)
{
	int first = -1;

	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *at = &m->at[t];

		if (at->kind != WAIT_NONE && at->key == key &&
			model_place(at) > after &&
			(first < 0 ||
				model_place(at) < model_place(&m->at[first])))
			first = t;
	}
	return first;
}

/* rtmutex.c, rt_mutex_adjust_prio */
uint8_t model_urgency(const struct model *m, int thread)
{
	uint8_t most = m->prio[thread];

	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *at = &m->at[t];

		if (at->kind == WAIT_PI && at->key < FACTS_KEYS &&
			m->owner[at->key] == thread + 1 && at->lent > most)
			most = at->lent;
	}
	return most;
}

void model_sleep(struct model *m, int i, struct model_sleeper as)
{
	int thread = m->p->steps[i].thread;

	as.step = (uint8_t)i;
	as.turn = as.rank = m->turns++;
	as.prio = m->prio[thread];
	as.lent = model_urgency(m, thread);
	m->at[thread] = as;
}

/* requeue.c, requeue_futex */
void model_move(struct model *m, int thread, int key)
{
	struct model_sleeper *at = &m->at[thread];

	at->key = (uint8_t)key;
	for (int t = 0; t < PROGRAM_THREADS; t++)
		m->chose |=
			m->at[t].kind != WAIT_NONE && m->at[t].turn > at->turn;
	if (!m->keeps)
		at->turn = m->turns++;
}

void model_rise(struct model *m, int thread)
{
	m->at[thread] = (struct model_sleeper){ 0 };
}
