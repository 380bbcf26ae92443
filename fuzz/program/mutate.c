/* SPDX-License-Identifier: MIT */
/* mutate.c: changes futex programs as one who knows what they mean would. */
#include "program/mutate.h"
#include "sys/futex.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>

#define COUNT(a) ((uint32_t)(sizeof(a) / sizeof(*(a))))

/* xorshift64* (Marsaglia, Xorshift RNGs, 2003). */
uint32_t dice_below(struct dice *d, uint32_t n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (uint32_t)((d->state * 0x2545f4914f6cdd1d) >> 33) % n;
}

static bool one_in(struct dice *d, uint32_t n)
{
	return dice_below(d, n) == 0;
}

static uint8_t any_word(const struct program *p, struct dice *d)
{
	return (uint8_t)dice_below(d, (uint32_t)p->nwords);
}

/* A thread of the program's more often than a new one. */
static uint8_t any_thread(const struct program *p, struct dice *d)
{
	if (p->nsteps && !one_in(d, 4))
		return p->steps[dice_below(d, (uint32_t)p->nsteps)].thread;
	return (uint8_t)dice_below(d, one_in(d, 8) ? PROGRAM_THREADS : 4);
}

/* What words hold, how many to wake, which bits: the edges of all of them. */
static uint32_t edge(const struct program *p, struct dice *d)
{
	static const uint32_t edges[] = { 0, 0, 0, 1, 1, 1, 2, 3, 9, INT_MAX,
		1u << 31, UINT32_MAX, FUTEX_WAITERS, FUTEX_OWNER_DIED,
		FUTEX_TID_MASK, FUTEX_OWNER_DIED | FUTEX_WAITERS };

	if (one_in(d, 3))
		return p->words[any_word(p, d)].value;
	return edges[dice_below(d, COUNT(edges))];
}

/* FUTEX_WAKE_OP's third value, by its parts (futex(2)). */
static uint32_t wake_op(struct dice *d)
{
	static const uint32_t args[] = { 0, 1, 2, 31, 0x7ff, 0x800, 0xfff };
	uint32_t op = dice_below(d, one_in(d, 8) ? 16 : 5);
	uint32_t compare = dice_below(d, one_in(d, 8) ? 16 : 6);

	op |= one_in(d, 4) ? FUTEX_OP_OPARG_SHIFT : 0;
	return op << 28 | compare << 24 | args[dice_below(d, 7)] << 12 |
	       args[dice_below(d, 7)];
}

static int32_t time_out(struct dice *d)
{
	static const int32_t edges[] = { TIMEOUT_NONE, TIMEOUT_NONE, 0, 1, 50,
		50, 200, 1000, TIMEOUT_INVALID, TIMEOUT_FAULT };

	return edges[dice_below(d, COUNT(edges))];
}

static uint16_t any_op(struct dice *d)
{
	uint32_t op = dice_below(d, one_in(d, 20) ? 128 : 14);

	op |= one_in(d, 2) ? FUTEX_PRIVATE_FLAG : 0;
	op |= one_in(d, 8) ? FUTEX_CLOCK_REALTIME : 0;
	/* Not bits 9 and 10: since Linux 7.2 these store to both words. */
	op |= one_in(d, 40) ? 1u << (11 + dice_below(d, 4)) : 0;
	return (uint16_t)op;
}

static void set_futex(
	const struct program *p, struct step *s, uint16_t op, struct dice *d)
{
	s->kind = STEP_FUTEX;
	s->op = op;
	s->val = edge(p, d);
	s->word2 = any_word(p, d);
	s->fourth = program_times_out(op) ? time_out(d) : (int32_t)edge(p, d);
	switch (op & FUTEX_COMMAND) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
		/* One that sleeps tells more than one that does not. */
		s->val = one_in(d, 8) ? s->val : p->words[s->word].value;
		s->val3 = one_in(d, 4) ? edge(p, d) : FUTEX_BITSET_MATCH_ANY;
		break;
	case FUTEX_WAKE_OP:
		s->val3 = wake_op(d);
		break;
	case FUTEX_CMP_REQUEUE:
	case FUTEX_CMP_REQUEUE_PI:
		s->val = one_in(d, 3) ? s->val : 1;
		s->val3 = one_in(d, 8) ? edge(p, d) : p->words[s->word].value;
		break;
	default:
		s->val3 = one_in(d, 2) ? edge(p, d) : FUTEX_BITSET_MATCH_ANY;
	}
}

/* Of a step other than futex: priorities that others have too. */
static uint32_t value_for(
	const struct program *p, const struct step *s, struct dice *d)
{
	switch (s->kind) {
	case STEP_SLEEPS:
		return any_thread(p, d);
	case STEP_PRIO:
		return dice_below(d, 4);
	default:
		return edge(p, d);
	}
}

/* Of a kind other than futex. */
static void set_other(const struct program *p, struct step *s, struct dice *d)
{
	static const uint8_t kinds[] = { STEP_STORE, STEP_ADD, STEP_SLEEPS,
		STEP_SLEEPS, STEP_READ, STEP_WRITE, STEP_OWN, STEP_LINK,
		STEP_PENDING, STEP_CORRUPT, STEP_EXIT, STEP_STOP, STEP_DROP,
		STEP_FORK, STEP_PRIO };

	s->kind = kinds[dice_below(d, COUNT(kinds))];
	/* A stop costs two signals and a wait, a fork a process: seldom. */
	if ((s->kind == STEP_STOP || s->kind == STEP_FORK) && !one_in(d, 8))
		s->kind = STEP_STORE;
	s->val = value_for(p, s, d);
	s->word2 = 0;
	if ((s->kind == STEP_OWN || s->kind == STEP_PRIO) && one_in(d, 3))
		s->word2 = (uint8_t)(any_thread(p, d) + 1);
}

static struct step *make_room(struct program *p, int at)
{
	if (p->nsteps == PROGRAM_STEPS)
		return NULL;
	memmove(&p->steps[at + 1], &p->steps[at],
		(size_t)(p->nsteps - at) * sizeof(*p->steps));
	memset(&p->steps[at], 0, sizeof(*p->steps));
	p->nsteps++;
	return &p->steps[at];
}

static void insert(struct program *p, struct dice *d)
{
	struct step *s =
		make_room(p, (int)dice_below(d, (uint32_t)p->nsteps + 1));

	if (!s)
		return;
	s->word = any_word(p, d);
	s->thread = any_thread(p, d);
	if (one_in(d, 4))
		set_other(p, s, d);
	else
		set_futex(p, s, any_op(d), d);
}

static void append(struct program *p, uint8_t thread, uint8_t kind,
	uint8_t word, uint32_t val)
{
	struct step *s = make_room(p, p->nsteps);

	if (s)
		*s = (struct step){
			.thread = thread, .kind = kind, .word = word, .val = val
		};
}

static struct step *append_futex(
	struct program *p, uint8_t thread, int op, uint8_t word, struct dice *d)
{
	struct step *s = make_room(p, p->nsteps);

	if (!s)
		return NULL;
	s->thread = thread;
	s->word = word;
	set_futex(p, s, (uint16_t)op, d);
	return s;
}

static int waker_for(int wait, struct dice *d)
{
	static const int wakers[] = { FUTEX_WAKE, FUTEX_WAKE, FUTEX_WAKE_BITSET,
		FUTEX_WAKE_OP, FUTEX_REQUEUE, FUTEX_CMP_REQUEUE };

	if (wait == FUTEX_WAIT_REQUEUE_PI)
		return FUTEX_CMP_REQUEUE_PI;
	if (wait == FUTEX_LOCK_PI || wait == FUTEX_LOCK_PI2)
		return FUTEX_UNLOCK_PI;
	return wakers[dice_below(d, COUNT(wakers))];
}

/* Sleepers on one word, and then another thread that ends some's sleep: what
 * single steps seldom come to. */
static void insert_meeting(struct program *p, struct dice *d)
{
	static const int waits[] = { FUTEX_WAIT, FUTEX_WAIT, FUTEX_WAIT_BITSET,
		FUTEX_LOCK_PI, FUTEX_LOCK_PI2, FUTEX_WAIT_REQUEUE_PI };
	int wait = waits[dice_below(d, COUNT(waits))];
	uint32_t sleepers = 1 + dice_below(d, 3), first = dice_below(d, 4);
	int flag = one_in(d, 2) ? FUTEX_PRIVATE_FLAG : 0;
	uint8_t waker = (uint8_t)((first + sleepers) % PROGRAM_THREADS);
	uint8_t word = any_word(p, d), to = any_word(p, d);
	bool ranks = one_in(d, 4);
	struct step *s;

	if (waker_for(wait, d) == FUTEX_UNLOCK_PI)
		append_futex(p, waker, FUTEX_TRYLOCK_PI | flag, word, d);
	for (uint32_t i = 0; i < sleepers; i++) {
		uint8_t thread = (uint8_t)((first + i) % PROGRAM_THREADS);

		if (ranks)
			append(p, thread, STEP_PRIO, 0, dice_below(d, 4));
		if (i || wait == FUTEX_LOCK_PI || wait == FUTEX_LOCK_PI2)
			append(p, thread, STEP_SLEEPS, 0,
				i ? (thread + 7u) % PROGRAM_THREADS : waker);
		s = append_futex(p, thread, wait | flag, word, d);
		if (s)
			s->word2 = to;
	}
	append(p, waker, STEP_SLEEPS, 0,
		(waker + PROGRAM_THREADS - 1u) % PROGRAM_THREADS);
	s = append_futex(p, waker, waker_for(wait, d) | flag, word, d);
	if (!s)
		return;
	s->word2 = to;
	if (one_in(d, 2))
		append_futex(p, waker, FUTEX_WAKE | flag,
			one_in(d, 2) ? word : to, d);
}

static void drop(struct program *p, struct dice *d)
{
	uint32_t at, n;

	if (p->nsteps < 2)
		return;
	at = dice_below(d, (uint32_t)p->nsteps);
	n = one_in(d, 4) ? 1 + dice_below(d, (uint32_t)p->nsteps - at) : 1;
	if (n == (uint32_t)p->nsteps)
		return;
	p->nsteps -= (int)n;
	memmove(&p->steps[at], &p->steps[at + n],
		((uint32_t)p->nsteps - at) * sizeof(*p->steps));
	memset(&p->steps[p->nsteps], 0, n * sizeof(*p->steps));
}

static struct step *any_step(struct program *p, struct dice *d)
{
	return &p->steps[dice_below(d, (uint32_t)p->nsteps)];
}

static void swap(struct program *p, struct dice *d)
{
	struct step *a = any_step(p, d), *b = any_step(p, d), was = *a;

	*a = *b;
	*b = was;
}

static void repeat(struct program *p, struct dice *d)
{
	struct step was = *any_step(p, d), *s;

	s = make_room(p, (int)dice_below(d, (uint32_t)p->nsteps + 1));
	if (s)
		*s = was;
}

/* To another thread, or all of one thread's steps to another. */
static void move(struct program *p, struct dice *d)
{
	struct step *s = any_step(p, d);
	uint8_t from = s->thread, to = any_thread(p, d);

	s->thread = to;
	if (one_in(d, 4))
		for (int i = 0; i < p->nsteps; i++)
			if (p->steps[i].thread == from)
				p->steps[i].thread = to;
}

/* Some steps of the other's, on this one's words. */
static void splice(
	struct program *p, const struct program *other, struct dice *d)
{
	uint32_t from, n;

	if (!other->nsteps)
		return;
	if (one_in(d, 2)) {
		memcpy(p->words, other->words, sizeof(p->words));
		p->nwords =
			other->nwords > p->nwords ? other->nwords : p->nwords;
	}
	from = dice_below(d, (uint32_t)other->nsteps);
	n = 1 + dice_below(d, (uint32_t)other->nsteps - from);
	for (uint32_t i = from; i < from + n; i++) {
		struct step *s = make_room(p, p->nsteps);

		if (!s)
			break;
		*s = other->steps[i];
	}
}

static void change_futex(struct program *p, struct step *s, struct dice *d)
{
	switch (dice_below(d, 8)) {
	case 0:
		s->op = (uint16_t)((s->op & ~FUTEX_COMMAND) |
				   (any_op(d) & FUTEX_COMMAND));
		break;
	case 1:
		s->op ^= one_in(d, 3) ? FUTEX_CLOCK_REALTIME
				      : FUTEX_PRIVATE_FLAG;
		break;
	case 2:
		s->val = edge(p, d);
		break;
	case 3:
		s->val3 = one_in(d, 2) ? edge(p, d) : wake_op(d);
		break;
	case 4:
		s->fourth = program_times_out(s->op) ? time_out(d)
						     : (int32_t)edge(p, d);
		break;
	case 5:
		s->word2 = one_in(d, 3) ? s->word : any_word(p, d);
		break;
	case 6:
		set_futex(p, s, any_op(d), d);
		break;
	default:
		s->word = any_word(p, d);
	}
}

static void change_step(struct program *p, struct dice *d)
{
	struct step *s = any_step(p, d);

	if (s->kind == STEP_FUTEX)
		change_futex(p, s, d);
	else if (one_in(d, 3))
		s->word = any_word(p, d);
	else if (one_in(d, 2))
		s->val = value_for(p, s, d);
	else
		set_other(p, s, d);
}

static void change_word(struct program *p, struct dice *d)
{
	uint8_t i = any_word(p, d);

	/* Two slots: whoever sleeps there meets others. */
	if (one_in(d, 16)) {
		p->hash = p->hash ? 0 : 1;
		return;
	}
	switch (dice_below(d, 4)) {
	case 0:
		p->words[i].memory = (uint8_t)dice_below(d, MEMORY_KINDS);
		break;
	case 1:
		p->words[i].value = edge(p, d);
		break;
	case 2:
		p->words[i].of = (uint8_t)dice_below(d, i + 1u);
		break;
	default:
		if (p->nwords == PROGRAM_WORDS)
			return;
		i = (uint8_t)p->nwords++;
		p->words[i].memory =
			(uint8_t)(one_in(d, 2) ? dice_below(d, 3)
					       : dice_below(d, MEMORY_KINDS));
		p->words[i].value = one_in(d, 2) ? 0 : edge(p, d);
		p->words[i].of =
			one_in(d, 2) ? i : (uint8_t)dice_below(d, i + 1u);
	}
}

void mutate(struct program *p, const struct program *other, struct dice *d)
{
	static void (*const changes[])(struct program *, struct dice *) = {
		insert,
		insert,
		insert_meeting,
		drop,
		drop,
		swap,
		repeat,
		move,
		change_step,
		change_step,
		change_step,
		change_step,
		change_word,
	};
	uint32_t n = 1u << dice_below(d, 4);

	while (n--) {
		if (!p->nsteps)
			insert(p, d);
		if (other && one_in(d, COUNT(changes)))
			splice(p, other, d);
		else
			changes[dice_below(d, COUNT(changes))](p, d);
	}
}
