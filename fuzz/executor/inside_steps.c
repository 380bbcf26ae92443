/* SPDX-License-Identifier: MIT */
/* inside_steps.c: the steps, as the threads inside the filter do them. */
#include <errno.h>
#include <limits.h>

#include "executor/inside_steps.h"
#include "executor/inside_pager.h"
#include "executor/planted.h"
#include "probe/probe.h"
#include "sys/futex.h"

#define LOOKS  2000 /* of a `sleeps` step, before it is asked why */
#define ROUNDS 20   /* of them, whatever the answer is */

/* The clock that the operation's time-out is told by (futex(2)). */
static uint64_t base_of(const struct step *s)
{
	int cmd = s->op & FUTEX_COMMAND;

	if (cmd == FUTEX_WAIT)
		return 0;
	if (cmd == FUTEX_LOCK_PI || s->op & FUTEX_CLOCK_REALTIME)
		return inside.h->realtime;
	return inside.h->monotonic;
}

static long call_futex(const struct step *s)
{
	const void *fourth = (const void *)(long)s->fourth;
	struct sys_timespec t;
	uint64_t at;

	if (program_times_out(s->op)) {
		at = base_of(s) + (uint64_t)s->fourth * 1000;
		t.tv_sec = (long)(at / 1000000000);
		t.tv_nsec = (long)(at % 1000000000);
		fourth = &t;
		if (s->fourth == TIMEOUT_NONE)
			fourth = NULL;
		else if (s->fourth == TIMEOUT_INVALID)
			t = (struct sys_timespec){ 0, 1000000000 };
		else if (s->fourth == TIMEOUT_FAULT)
			fourth = (const void *)8;
	}
	return planted_futex(inside_word(s->word), s->op, (long)s->val, fourth,
		inside_word(s->word2), (long)s->val3);
}

/* Asked twice: who waits for the answer to a question of its own sleeps too,
 * and is awake when the next one comes. */
static long watch(struct thread *other, bool *sure)
{
	int stalemates = inside.stalemates;

	for (int i = 0; !inside.draining && stalemates == inside.stalemates;
		i++) {
		if (i && i % LOOKS == 0 &&
			(i == ROUNDS * LOOKS ||
				(!inside_moves(other) && !inside_moves(other))))
			break;
		if (other->finished == inside.number)
			return -ESRCH;
		if (inside_sleeps(other, sure))
			return 0;
		inside_nap(i < 20 ? 2000 : 20000);
	}
	return -ETIMEDOUT;
}

static long until_sleeps(struct thread *t, const struct step *s, long i)
{
	struct thread *other = inside.threads[s->val];
	bool sure = false;
	long ret;

	if (other == t)
		return -EDEADLK;
	t->watched = other;
	ret = watch(other, &sure);
	if (sure)
		__atomic_or_fetch(
			&inside.h->result.sure, 1ull << i, __ATOMIC_SEQ_CST);
	t->watched = NULL;
	return ret;
}

static long store(const struct step *s)
{
	volatile int *word = inside_word(s->word);
	int owner = s->kind == STEP_OWN ? program_owner(s) : 0;
	int tid = inside.threads[owner]->tid;

	if (!program_writable(&inside.h->program, s->word))
		return -EFAULT;
	if (s->kind == STEP_ADD)
		__atomic_add_fetch(word, (int)s->val, __ATOMIC_SEQ_CST);
	else
		__atomic_store_n(word,
			s->kind == STEP_OWN ? (int)s->val | tid : (int)s->val,
			__ATOMIC_SEQ_CST);
	return 0;
}

/* Where the page has something to come back from, it goes away. */
static long drop(const struct step *s, long i)
{
	int memory = inside.h->program.words[s->word].memory;

	if (memory != MEMORY_PAGES && memory != MEMORY_SHARED &&
		memory != MEMORY_ALIAS && memory != MEMORY_FILE)
		return store(s);
	pager_ask(inside.h, i);
	inside.dropped = inside_word(s->word);
	return 0;
}

static struct robust_list *entry_of(int word)
{
	return (void *)((char *)(unsigned long)inside_word(word) +
			ROBUST_ENTRY);
}

/* The lowest bit says PI (kernel/futex/core.c, fetch_robust_entry). */
static struct robust_list *link_of(const struct step *s)
{
	return (void *)((char *)entry_of(s->word) + s->val);
}

static long link_word(struct thread *t, const struct step *s)
{
	if (s->kind == STEP_PENDING) {
		t->robust.list_op_pending = link_of(s);
		return 0;
	}
	if (program_writable(&inside.h->program, s->word))
		entry_of(s->word)->next = t->robust.list.next;
	t->robust.list.next = link_of(s);
	return 0;
}

static long break_link(const struct step *s)
{
	struct robust_list *entry = entry_of(s->word);
	char *to[BROKEN_KINDS] = {
		[BROKEN_SELF] = (char *)entry,
		[BROKEN_UNMAPPED] = inside.memory->at[MEMORY_UNMAPPED],
		[BROKEN_KERNEL] = inside.memory->at[MEMORY_KERNEL],
		[BROKEN_ODD] = (char *)entry + 2,
	};

	if (!program_writable(&inside.h->program, s->word))
		return -EFAULT;
	entry->next = (void *)to[s->val];
	return 0;
}

static long futex_step(
	struct thread *t, const struct step *s, struct result *r, long i)
{
	uint64_t before = handover_ticks(), after;
	long ret;
	int value;

	t->in = s;
	t->calls++;
	ret = call_futex(s);
	t->calls++;
	t->in = NULL;
	after = handover_ticks();
	r->us[i] = (uint32_t)((after - before) / inside.h->ticks_per_us);
	r->at_us[i] =
		(uint32_t)((after - inside.h->ticks) / inside.h->ticks_per_us);
	if (inside_value(s->word, &value))
		r->after[i] = (uint32_t)value;
	return ret;
}

static long do_step(struct thread *t, const struct step *s, long i)
{
	char bytes[64] = { 0 };

	switch (s->kind) {
	case STEP_FUTEX:
		return futex_step(t, s, &inside.h->result, i);
	case STEP_STORE:
	case STEP_ADD:
	case STEP_OWN:
		return store(s);
	case STEP_SLEEPS:
		return until_sleeps(t, s, i);
	case STEP_READ:
		return sys(__NR_read, inside.memory->pipe[0], bytes, s->val);
	case STEP_WRITE:
		inside.wrote = true;
		return sys(__NR_write, inside.memory->pipe[1], bytes, s->val);
	case STEP_LINK:
	case STEP_PENDING:
		return link_word(t, s);
	case STEP_CORRUPT:
		return break_link(s);
	case STEP_DROP:
		return drop(s, i);
	case STEP_FORK:
		pager_ask(inside.h, i);
		inside.forked = true;
		return 0;
	case STEP_STOP:
		inside_ask_stop();
		return 0;
	case STEP_PRIO:
		return inside_ask_prio(i);
	default:
		return 0;
	}
}

/* Unlocks what this thread still owns: its word, by either key. */
static void leave_locks(const struct thread *t)
{
	for (int i = 0; i < inside.h->program.nwords; i++) {
		volatile int *word = inside_word(i);

		if (!inside_owns(t, i))
			continue;
		if (sys_futex(word, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0))
			sys_futex(word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	}
}

static bool may_sleep(const struct step *s)
{
	return s->kind == STEP_FUTEX && program_times_out(s->op);
}

void inside_steps(struct thread *t)
{
	const struct program *p = &inside.h->program;
	struct result *r = &inside.h->result;

	t->robust.list.next = &t->robust.list;
	t->robust.list_op_pending = NULL;
	for (int i = 0; i < p->nsteps && !inside.draining; i++) {
		if (inside.threads[p->steps[i].thread] != t)
			continue;
		t->moved++;
		r->begin[i] = (uint16_t)inside_tick();
		r->ret[i] = (int32_t)do_step(t, &p->steps[i], i);
		r->end[i] = (uint16_t)inside_tick();
		r->state[i] = inside.draining && may_sleep(&p->steps[i])
				      ? STEP_DRAINED
				      : STEP_RETURNED;
		t->moved++;
		if (p->steps[i].kind == STEP_EXIT) {
			t->leaving = 1;
			return;
		}
	}
	leave_locks(t);
	t->robust.list.next = &t->robust.list;
	t->robust.list_op_pending = NULL;
}
