/* SPDX-License-Identifier: MIT */
/* settle.c: who sleeps, by /proc. */
#include "executor/settle.h"

#include <sched.h>

#define YIELDS	8	/* to one who is on the way to his sleep */
#define SOON_NS 60000	/* then, between looks whether he sleeps */
#define LONG_NS 5000000 /* between looks whether the process is dead */

enum settle {
	SETTLE_WAIT, /* somebody runs, who will call; or was called now */
	SETTLE_SOON, /* somebody is on the way to his sleep: look again */
};

static uint32_t get(const uint32_t *at)
{
	return __atomic_load_n(at, __ATOMIC_SEQ_CST);
}

static char state(
	struct handover *h, struct look_files *files, pid_t pid, int i)
{
	return look_state(files, pid, h->result.tids[i], i);
}

/* The call in which thread I sleeps; 0: in none; SOON is set when it is in one,
 * and does not sleep yet. */
static uint32_t sleeps_in(struct handover *h, struct look_files *files,
	pid_t pid, int i, bool *soon)
{
	uint32_t call = get(&h->sight.calls[i]);

	if (!(call & 1))
		return 0;
	if (state(h, files, pid, i) == 'S' && get(&h->sight.calls[i]) == call)
		return call;
	*soon = true;
	return 0;
}

/* True when somebody was told that whom he waits for sleeps. */
static bool tell_watchers(
	struct handover *h, struct look_files *files, pid_t pid, bool *soon)
{
	struct sight *s = &h->sight;
	bool told = false;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		uint32_t other = get(&s->watch[i]), call;

		call = other ? sleeps_in(h, files, pid, (int)other - 1, soon)
			     : 0;
		if (!call)
			continue;
		s->slept[i] = sight_answer(call, (int)other - 1);
		sight_tell(s, i);
		told = true;
	}
	return told;
}

/* Those who are not done sleep, and those who left are gone; who waits for
 * another's sleep waits for one who does the same. */
static bool all_rest(struct handover *h, struct look_files *files, pid_t pid)
{
	const uint32_t *watch = h->sight.watch;
	uint32_t left = get(&h->sight.left), leaving = get(&h->sight.leaving);
	uint32_t other;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		if (left >> i & 1 && state(h, files, pid, i) != 'S')
			return false;
		if (leaving >> i & 1 && state(h, files, pid, i))
			return false;
		other = get(&watch[i]);
		if (other && !get(&watch[other - 1]))
			return false;
	}
	return true;
}

static enum settle look(struct handover *h, struct look_files *files, pid_t pid)
{
	struct sight *s = &h->sight;
	bool soon = false, told = tell_watchers(h, files, pid, &soon);
	uint32_t clock = get(&s->clock);

	if (told || soon || get(&s->running) || !get(&s->left))
		return soon ? SETTLE_SOON : SETTLE_WAIT;
	if (!all_rest(h, files, pid))
		return SETTLE_SOON;
	/* Whoever was woken meanwhile has begun or ended a step since, or was
	 * not asleep when he was looked at. */
	if (get(&s->running) || get(&s->clock) != clock)
		return SETTLE_SOON;
	__atomic_store_n(&s->settled, clock, __ATOMIC_SEQ_CST);
	handover_call(h);
	return SETTLE_WAIT;
}

bool settle_await(struct handover *h, struct look_files *files, pid_t pid,
	int *turn, uint32_t seen)
{
	bool soon = look(h, files, pid) == SETTLE_SOON;
	/* The process of a leader that has ended is dead, or will be. */
	struct sys_timespec slice = { 0,
		soon || seen == DONE_DEAD ? SOON_NS : LONG_NS };

	if (soon && *turn < YIELDS) {
		++*turn;
		sched_yield();
		return true;
	}
	if (!sys_futex(&h->done, FUTEX_WAIT, seen, &slice, NULL, 0) ||
		get(&h->done) != seen)
		return true;
	++*turn;
	return false;
}

bool settle_lost(struct handover *h, struct look_files *files, pid_t pid)
{
	uint32_t left = get(&h->sight.left);
	bool lost = false;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		lost |= left >> i & 1 && !state(h, files, pid, i);
	return lost;
}
