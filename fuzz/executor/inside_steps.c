/* SPDX-License-Identifier: MIT */
/* inside_steps.c: the steps, as the threads inside the filter do them. */
#include <errno.h>
#include <limits.h>

#include "executor/cover.h"
#include "executor/inside_steps.h"
#include "executor/inside_pager.h"
#include "executor/planted.h"
#include "probe/probe.h"
#include "sys/futex.h"

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

static bool gives_up(int stalemates)
{
	return inside.draining || stalemates != inside.stalemates;
}

/* Waits until the outer side has seen T's OTHER asleep, or it is time to look
 * why not. */
static void await_sleep(
	const struct thread *t, const struct thread *other, int stalemates)
{
	struct sight *s = &inside.h->sight;
	uint32_t told = __atomic_load_n(&s->told[t->number], __ATOMIC_SEQ_CST);
	uint32_t left;

	left = __atomic_sub_fetch(&s->running, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&s->watch[t->number], (uint32_t)other->number + 1,
		__ATOMIC_SEQ_CST);
	/* What came before that store, nobody tells. */
	if (gives_up(stalemates) || other->finished == inside.number)
		sight_tell(s, t->number);
	else if (!left || other->in)
		inside_call();
	while (__atomic_load_n(&s->told[t->number], __ATOMIC_SEQ_CST) == told)
		sys_futex(&s->told[t->number], FUTEX_WAIT, told, NULL, NULL, 0);
}

static bool was_seen_asleep(const struct thread *t, const struct thread *other)
{
	const struct sight *s = &inside.h->sight;
	uint32_t call =
		__atomic_load_n(&s->calls[other->number], __ATOMIC_SEQ_CST);

	return call & 1 &&
	       __atomic_load_n(&s->slept[t->number], __ATOMIC_SEQ_CST) ==
		       sight_answer(call, other->number);
}

static long watch(const struct thread *t, const struct thread *other)
{
	int stalemates = inside.stalemates;

	inside.h->sight.slept[t->number] = 0;
	while (!gives_up(stalemates)) {
		if (other->finished == inside.number)
			return -ESRCH;
		if (inside_sleeps(other) || was_seen_asleep(t, other))
			return 0;
		await_sleep(t, other, stalemates);
	}
	return -ETIMEDOUT;
}

static long until_sleeps(struct thread *t, const struct step *s, long i)
{
	const struct thread *other = inside.threads[s->val];
	long ret;

	if (other == t)
		return -EDEADLK;
	ret = watch(t, other);
	if (!ret)
		__atomic_or_fetch(
			&inside.h->result.sure, 1ull << i, __ATOMIC_SEQ_CST);
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

/* Where no other word is lost with it, the page goes away. */
static long drop(const struct step *s, long i)
{
	int memory = inside.h->program.words[s->word].memory;
	/* One write: a private page is 0 by going. */
	long ret = memory == MEMORY_PAGES ? 0 : store(s);

	if (memory == MEMORY_PAGES || memory == MEMORY_SHARED ||
		memory == MEMORY_ALIAS || memory == MEMORY_FILE ||
		memory == MEMORY_READ_ONLY) {
		pager_ask(inside.h, i);
		inside.dropped = inside_word(s->word);
	}
	return ret;
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

static bool may_sleep(const struct step *s)
{
	return s->kind == STEP_FUTEX && program_times_out(s->op);
}

/* True when all rest now. */
static bool begin_rest(bool rests)
{
	return rests && !__atomic_sub_fetch(
				&inside.h->sight.running, 1, __ATOMIC_SEQ_CST);
}

static bool is_watched(const struct thread *t)
{
	const struct sight *s = &inside.h->sight;
	bool is = false;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		is |= __atomic_load_n(&s->watch[i], __ATOMIC_SEQ_CST) ==
		      (uint32_t)t->number + 1;
	return is;
}

static long futex_step(
	struct thread *t, const struct step *s, struct result *r, long i)
{
	struct sight *sight = &inside.h->sight;
	uint32_t *calls = &sight->calls[t->number];
	bool rests = may_sleep(s) && s->fourth == TIMEOUT_NONE;
	uint64_t before, after;
	long ret;
	int value;

	t->in = s;
	__atomic_add_fetch(calls, 1, __ATOMIC_SEQ_CST);
	if (begin_rest(rests) || is_watched(t))
		inside_call();
	cover_begin(t->cover);
	before = handover_ticks();
	ret = call_futex(s);
	if (rests)
		__atomic_add_fetch(&sight->running, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(calls, 1, __ATOMIC_SEQ_CST);
	t->in = NULL;
	after = handover_ticks();
	r->us[i] = (uint32_t)((after - before) / inside.h->ticks_per_us);
	r->at_us[i] =
		(uint32_t)((after - inside.h->ticks) / inside.h->ticks_per_us);
	cover_end(t->cover);
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

void inside_steps(struct thread *t)
{
	const struct program *p = &inside.h->program;
	struct result *r = &inside.h->result;

	t->robust.list.next = &t->robust.list;
	t->robust.list_op_pending = NULL;
	for (int i = 0; i < p->nsteps && !inside.draining; i++) {
		if (inside.threads[p->steps[i].thread] != t)
			continue;
		r->begin[i] = (uint16_t)inside_tick();
		r->ret[i] = (int32_t)do_step(t, &p->steps[i], i);
		r->end[i] = (uint16_t)inside_tick();
		r->state[i] = inside.draining && may_sleep(&p->steps[i])
				      ? STEP_DRAINED
				      : STEP_RETURNED;
		if (p->steps[i].kind == STEP_EXIT) {
			planted_exit(&t->robust);
			t->leaving = 1;
			return;
		}
	}
	leave_locks(t);
	t->robust.list.next = &t->robust.list;
	t->robust.list_op_pending = NULL;
}
