/* SPDX-License-Identifier: MIT */
/*
 * inside.c: what runs inside the filter: eight threads that do the steps, and
 * a leader that starts them, sees when all sleep, and wakes who is left over.
 * It calls read, write and futex, and no libc.
 */
#include "inside.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>

#include "arm.h"
#include "probe.h"

/* How long nothing may move before the leader looks who sleeps. */
#define QUIET_NS  200000
#define QUIETS	  3    /* looks in a row that find the same sleepers */
#define DRAINS	  200  /* rounds, before an executor is given up */
#define LOOKS	  2000 /* of a `sleeps` step */
#define FAR_SPACE 64   /* bytes between words: a cache line */

struct thread {
	int start; /* a futex: counts programs started */
	int tid;
	volatile int finished; /* the program's number, when it was done */
	volatile int moved;    /* counts steps begun and ended */
	const struct step *volatile in; /* the futex step it is in, or NULL */
};

static struct {
	struct handover *h;
	const struct inside_memory *memory;
	struct thread threads[PROGRAM_THREADS];
	int finished; /* a futex: counts threads */
	volatile int draining;
	int number; /* of the program */
} in;

static volatile int *word_at(int i)
{
	unsigned kind = in.h->program.words[i].memory;

	return (volatile int *)(in.memory->at[kind] + i * FAR_SPACE);
}

static bool writable(int i)
{
	switch (in.h->program.words[i].memory) {
	case MEMORY_READ_ONLY:
	case MEMORY_NONE:
	case MEMORY_UNMAPPED:
	case MEMORY_KERNEL:
		return false;
	default:
		return true;
	}
}

static long call_futex(const struct step *s)
{
	struct sys_timespec t = { s->fourth / 1000000,
		s->fourth % 1000000 * 1000 };
	const void *fourth = (const void *)(long)s->fourth;

	if (program_times_out(s->op)) {
		fourth = &t;
		if (s->fourth == TIMEOUT_NONE)
			fourth = NULL;
		else if (s->fourth == TIMEOUT_INVALID)
			t = (struct sys_timespec){ 0, 1000000000 };
		else if (s->fourth == TIMEOUT_FAULT)
			fourth = (const void *)8;
	}
	return sys_futex(word_at(s->word), s->op, (long)s->val, fourth,
		word_at(s->word2), (long)s->val3);
}

/*
 * How many sleep where S may sleep: a requeue of everybody onto the same word
 * moves nobody and counts them (kernel/futex/requeue.c); of PI waiters it says
 * EINVAL, which counts for all.
 */
static int sleepers(const struct step *s)
{
	volatile int *words[] = { word_at(s->word), word_at(s->word2) };
	int private = s->op & FUTEX_PRIVATE_FLAG, sum = 0;

	for (int i = 0; i < 2 - (words[0] == words[1]); i++) {
		long n = sys_futex(words[i], FUTEX_REQUEUE | private, 0,
			(void *)(long)INT_MAX, words[i], 0);

		if (n == -EINVAL)
			return PROGRAM_THREADS;
		sum += n > 0 ? (int)n : 0;
	}
	return sum;
}

static long until_sleeps(const struct step *s)
{
	struct thread *other = &in.threads[s->val];

	if (s->val == s->thread)
		return -EDEADLK;
	for (int i = 0; i < LOOKS && !in.draining; i++) {
		const struct step *at = other->in;

		if (other->finished == in.number)
			return -ESRCH;
		if (at && program_times_out(at->op) && sleepers(at))
			return 0;
		if (i > 20)
			probe_nap(20000);
	}
	return -ETIMEDOUT;
}

static long store(const struct step *s)
{
	volatile int *word = word_at(s->word);

	if (!writable(s->word))
		return -EFAULT;
	if (s->kind == STEP_ADD)
		__atomic_add_fetch(word, (int)s->val, __ATOMIC_SEQ_CST);
	else
		__atomic_store_n(word, (int)s->val, __ATOMIC_SEQ_CST);
	return 0;
}

static long do_step(struct thread *t, const struct step *s)
{
	char bytes[64] = { 0 };
	long ret;

	switch (s->kind) {
	case STEP_FUTEX:
		t->in = s;
		ret = call_futex(s);
		t->in = NULL;
		return ret;
	case STEP_STORE:
	case STEP_ADD:
		return store(s);
	case STEP_SLEEPS:
		return until_sleeps(s);
	case STEP_READ:
		return sys(__NR_read, in.memory->pipe[0], bytes, s->val);
	case STEP_WRITE:
		return sys(__NR_write, in.memory->pipe[1], bytes, s->val);
	default:
		return 0;
	}
}

/* A PI waiter that was given the lock, as the word says, is only on its way:
 * it stands in the kernel's queue until it runs (kernel/futex/pi.c). */
static bool owns(const struct thread *t, int word)
{
	volatile int *at = word_at(word);

	return writable(word) && !((unsigned long)at & 3) &&
	       (*at & FUTEX_TID_MASK) == t->tid;
}

/* Unlocks what this thread still owns: its word, by either key. */
static void leave_locks(const struct thread *t)
{
	for (int i = 0; i < in.h->program.nwords; i++) {
		volatile int *word = word_at(i);

		if (!owns(t, i))
			continue;
		if (sys_futex(word, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0))
			sys_futex(word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
	}
}

static void do_steps(struct thread *t)
{
	const struct program *p = &in.h->program;
	struct result *r = &in.h->result;

	for (int i = 0; i < p->nsteps && !in.draining; i++) {
		if (p->steps[i].thread != t - in.threads)
			continue;
		t->moved++;
		r->ret[i] = (int32_t)do_step(t, &p->steps[i]);
		r->state[i] = in.draining && p->steps[i].kind == STEP_FUTEX
				      ? STEP_DRAINED
				      : STEP_RETURNED;
		t->moved++;
		if (p->steps[i].kind == STEP_EXIT)
			break;
	}
	leave_locks(t);
}

static void work(void *arg)
{
	struct thread *t = arg;
	int seen = 0;

	t->tid = (int)sys(__NR_gettid);
	for (;;) {
		while (__atomic_load_n(&t->start, __ATOMIC_SEQ_CST) == seen)
			sys_futex(&t->start, FUTEX_WAIT_PRIVATE, seen, NULL,
				NULL, 0);
		seen = __atomic_load_n(&t->start, __ATOMIC_SEQ_CST);
		do_steps(t);
		t->finished = in.number;
		__atomic_add_fetch(&in.finished, 1, __ATOMIC_SEQ_CST);
		sys_futex(&in.finished, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
}

/* Words, pipe and marks as if no program had been before. */
static void reset(void)
{
	const struct program *p = &in.h->program;
	char bytes[64] = { 0 };

	while (sys(__NR_read, in.memory->pipe[0], bytes, sizeof(bytes)) > 0)
		;
	for (int i = 0; i < p->nwords; i++)
		if (writable(i))
			*word_at(i) = (int)p->words[i].value;
	in.draining = 0;
	in.finished = 0;
}

static int start_threads(void)
{
	const struct program *p = &in.h->program;
	int started = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = &in.threads[i];
		int k = 0;

		while (k < p->nsteps && p->steps[k].thread != i)
			k++;
		if (k == p->nsteps) {
			t->finished = in.number;
			continue;
		}
		started++;
		__atomic_add_fetch(&t->start, 1, __ATOMIC_SEQ_CST);
		sys_futex(&t->start, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
	return started;
}

/* How many threads are in a call that may sleep at the word of S. */
static int waiters(const struct step *s)
{
	int n = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct step *other = in.threads[i].in;

		n += other && in.threads[i].finished != in.number &&
		     other->word == s->word;
	}
	return n;
}

/* The sum of what moved; -1 when somebody is between calls, runs, or has a
 * time-out. */
static long all_asleep(void)
{
	long sum = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = &in.threads[i];
		const struct step *s = t->in;

		sum += t->moved;
		if (t->finished == in.number)
			continue;
		if (!s || !program_times_out(s->op) || s->fourth >= 0 ||
			owns(t, s->word) || owns(t, s->word2) ||
			sleepers(s) < waiters(s))
			return -1;
	}
	return sum;
}

static void wake_word(int i)
{
	volatile int *word = word_at(i);

	for (int flag = 0; flag <= FUTEX_PRIVATE_FLAG;
		flag += FUTEX_PRIVATE_FLAG) {
		sys_futex(word, FUTEX_WAKE | flag, INT_MAX, NULL, NULL, 0);
		/* Waiters that want to be moved: to whichever word they named.
		 */
		for (int k = 0; k < in.h->program.nwords; k++)
			if (k != i && !((unsigned long)word & 3) && writable(i))
				sys_futex(word, FUTEX_CMP_REQUEUE_PI | flag, 1,
					(void *)(long)INT_MAX, word_at(k),
					*word);
	}
}

/* True when all STARTED threads came back. */
static bool drain(int started)
{
	in.draining = 1;
	for (int round = 0; round < DRAINS; round++) {
		if (__atomic_load_n(&in.finished, __ATOMIC_SEQ_CST) == started)
			return true;
		for (int i = 0; i < in.h->program.nwords; i++)
			wake_word(i);
		probe_nap(QUIET_NS / 4);
	}
	return false;
}

static bool run_program(void)
{
	const struct sys_timespec quiet = { 0, QUIET_NS };
	int started, done, quiets = 0;
	long before = -1;

	in.number++;
	reset();
	started = start_threads();
	for (;;) {
		done = __atomic_load_n(&in.finished, __ATOMIC_SEQ_CST);
		if (done == started)
			return true;
		if (sys_futex(&in.finished, FUTEX_WAIT_PRIVATE, done, &quiet,
			    NULL, 0) == -ETIMEDOUT) {
			long now = all_asleep();

			/* A PI waiter may be one of several that look
			 * alike: it takes some patience. */
			quiets = now >= 0 && now == before ? quiets + 1 : 0;
			if (quiets == QUIETS)
				return drain(started);
			before = now;
		}
	}
}

static void hand_back(void)
{
	for (int i = 0; i < in.h->program.nwords; i++)
		if (writable(i))
			in.h->result.words[i] = (uint32_t)*word_at(i);
	__atomic_add_fetch(&in.h->done, 1, __ATOMIC_SEQ_CST);
	sys_futex(&in.h->done, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void tell_ready(int err)
{
	__atomic_store_n(&in.h->ready, (uint32_t)err + 1, __ATOMIC_SEQ_CST);
	sys_futex(&in.h->ready, FUTEX_WAKE, 1, NULL, NULL, 0);
	if (err)
		sys_exit(1);
}

void inside_serve(struct handover *h, const struct inside_memory *memory)
{
	uint32_t seen = 0;

	in.h = h;
	in.memory = memory;
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		long tid = probe_thread(work, &in.threads[i], NULL);

		if (tid < 0)
			tell_ready((int)-tid);
		/* Out of libc's and clone's way before the filter comes. */
		while (!in.threads[i].tid)
			probe_nap(10000);
	}
	tell_ready(arm_page(&h->arm));
	for (;;) {
		while (__atomic_load_n(&h->go, __ATOMIC_SEQ_CST) == seen)
			sys_futex(&h->go, FUTEX_WAIT, seen, NULL, NULL, 0);
		seen = __atomic_load_n(&h->go, __ATOMIC_SEQ_CST);
		h->result.stuck = !run_program();
		hand_back();
	}
}
