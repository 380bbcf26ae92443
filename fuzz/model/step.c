/* SPDX-License-Identifier: MIT */
/* step.c: which operation a step is. */
#include "model/step.h"

#include <errno.h>

#include "model/pi.h"
#include "model/plain.h"
#include "model/prio.h"
#include "model/robust.h"

/* FUTEX_ROBUST_UNLOCK, FUTEX_ROBUST_LIST32: ENOSYS before Linux 7.2. */
#define YOUNG 0x600

bool model_knows(const struct program *p, const char **what)
{
	*what = NULL;
	for (int i = 0; i < p->nsteps && !*what; i++) {
		const struct step *s = &p->steps[i];

		if (s->kind == STEP_STOP)
			*what = "a stop, which begins waits anew";
		else if (s->kind == STEP_FUTEX && s->op & YOUNG)
			*what = "a flag that kernels differ in";
	}
	if (!*what && !model_knows_lists(p))
		*what = "a robust list that leads elsewhere";
	return !*what;
}

/* Steps that touch no futex: the executor's (executor/inside_steps.c). */
static struct due plain_step(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	uint32_t *cell = &m->words[model_cell(m->p, s->word)];

	if (s->kind == STEP_EXIT)
		m->deaths[s->thread].state = END_BEGINS;
	if (s->kind == STEP_PRIO)
		return model_prio(m, i);
	if (!facts_stores(s) && s->kind != STEP_ADD && s->kind != STEP_OWN)
		return model_returns(0, "");
	if (!program_writable(m->p, s->word))
		return model_returns(-EFAULT, "the word cannot be written");
	if (s->kind == STEP_OWN)
		*cell = s->val | model_tid(m, program_owner(s));
	else
		*cell = s->kind == STEP_ADD ? *cell + s->val : s->val;
	return model_returns(0, "the word can be written");
}

/* The system call's entry: kernel/futex/syscalls.c, sys_futex and do_futex. */
static struct due futex_step(struct model *m, int i)
{
	const struct step *s = &m->p->steps[i];
	int cmd = facts_cmd(s);

	if (program_times_out((unsigned)cmd) && cmd < 128) {
		if (s->fourth == TIMEOUT_FAULT)
			return model_returns(-EFAULT,
				"futex(2): EFAULT, the time-out is not "
				"readable");
		if (s->fourth == TIMEOUT_INVALID)
			return model_returns(-EINVAL,
				"futex(2): EINVAL, tv_nsec is not less than "
				"1,000,000,000");
	}
	if (s->op & FUTEX_CLOCK_REALTIME && cmd != FUTEX_WAIT_BITSET &&
		cmd != FUTEX_WAIT_REQUEUE_PI && cmd != FUTEX_LOCK_PI2)
		return model_returns(-ENOSYS,
			"futex(2): ENOSYS, CLOCK_REALTIME with an operation "
			"that does not take it");
	switch (cmd) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		return model_wait(m, i);
	case FUTEX_WAKE:
	case FUTEX_WAKE_BITSET:
		return model_wake(m, i);
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
		return model_requeue(m, i);
	case FUTEX_WAKE_OP:
		return model_wake_op(m, i);
	case FUTEX_LOCK_PI:
	case FUTEX_LOCK_PI2:
	case FUTEX_TRYLOCK_PI:
		return model_lock(m, i, cmd == FUTEX_TRYLOCK_PI);
	case FUTEX_UNLOCK_PI:
		return model_unlock(
			m, s->thread, s->word, s->op & FUTEX_PRIVATE_FLAG);
	case FUTEX_WAIT_REQUEUE_PI:
		return model_wait_requeue(m, i);
	case FUTEX_CMP_REQUEUE_PI:
		return model_cmp_requeue(m, i);
	default:
		return model_returns(
			-ENOSYS, "futex(2): ENOSYS, no such operation");
	}
}

struct due model_step(struct model *m, int i)
{
	m->chose = false;
	return m->p->steps[i].kind == STEP_FUTEX ? futex_step(m, i)
						 : plain_step(m, i);
}
