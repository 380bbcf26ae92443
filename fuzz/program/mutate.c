/* SPDX-License-Identifier: MIT */
/* mutate.c: changes futex programs as one who knows what they mean would. */
#include "program/mutate.h"
#include "sys/futex.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>

#define COUNT(a) ((uint32_t)(sizeof(a) / sizeof(*(a))))

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
	s->word = dice_word(p, d);
	s->thread = dice_thread(p, d);
	if (dice_one_in(d, 4))
		dice_other(p, s, d);
	else
		dice_futex(p, s, dice_op(d), d);
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
	dice_futex(p, s, (uint16_t)op, d);
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
	int flag = dice_one_in(d, 2) ? FUTEX_PRIVATE_FLAG : 0;
	uint8_t waker = (uint8_t)((first + sleepers) % PROGRAM_THREADS);
	uint8_t word = dice_word(p, d), to = dice_word(p, d);
	bool ranks = dice_one_in(d, 4);
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
	if (dice_one_in(d, 2))
		append_futex(p, waker, FUTEX_WAKE | flag,
			dice_one_in(d, 2) ? word : to, d);
}

static void drop(struct program *p, struct dice *d)
{
	uint32_t at, n;

	if (p->nsteps < 2)
		return;
	at = dice_below(d, (uint32_t)p->nsteps);
	n = dice_one_in(d, 4) ? 1 + dice_below(d, (uint32_t)p->nsteps - at) : 1;
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
	uint8_t from = s->thread, to = dice_thread(p, d);

	s->thread = to;
	if (dice_one_in(d, 4))
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
	if (dice_one_in(d, 2)) {
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
				   (dice_op(d) & FUTEX_COMMAND));
		break;
	case 1:
		s->op ^= dice_one_in(d, 3) ? FUTEX_CLOCK_REALTIME
					   : FUTEX_PRIVATE_FLAG;
		break;
	case 2:
		s->val = dice_edge(p, d);
		break;
	case 3:
		s->val3 = dice_one_in(d, 2) ? dice_edge(p, d) : dice_wake_op(d);
		break;
	case 4:
		s->fourth = program_times_out(s->op) ? dice_time_out(d)
						     : (int32_t)dice_edge(p, d);
		break;
	case 5:
		s->word2 = dice_one_in(d, 3) ? s->word : dice_word(p, d);
		break;
	case 6:
		dice_futex(p, s, dice_op(d), d);
		break;
	default:
		s->word = dice_word(p, d);
	}
}

static void change_step(struct program *p, struct dice *d)
{
	struct step *s = any_step(p, d);

	if (s->kind == STEP_FUTEX)
		change_futex(p, s, d);
	else if (dice_one_in(d, 3))
		s->word = dice_word(p, d);
	else if (dice_one_in(d, 2))
		s->val = dice_value(p, s, d);
	else
		dice_other(p, s, d);
}

static void change_word(struct program *p, struct dice *d)
{
	uint8_t i = dice_word(p, d);

	/* Two slots: whoever sleeps there meets others. */
	if (dice_one_in(d, 16)) {
		p->hash = p->hash ? 0 : 1;
		return;
	}
	switch (dice_below(d, 4)) {
	case 0:
		p->words[i].memory = (uint8_t)dice_below(d, MEMORY_KINDS);
		break;
	case 1:
		p->words[i].value = dice_edge(p, d);
		break;
	case 2:
		p->words[i].of = (uint8_t)dice_below(d, i + 1u);
		break;
	default:
		if (p->nwords == PROGRAM_WORDS)
			return;
		i = (uint8_t)p->nwords++;
		p->words[i].memory =
			(uint8_t)(dice_one_in(d, 2)
					  ? dice_below(d, 3)
					  : dice_below(d, MEMORY_KINDS));
		p->words[i].value = dice_one_in(d, 2) ? 0 : dice_edge(p, d);
		p->words[i].of =
			dice_one_in(d, 2) ? i : (uint8_t)dice_below(d, i + 1u);
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
		if (other && dice_one_in(d, COUNT(changes)))
			splice(p, other, d);
		else
			changes[dice_below(d, COUNT(changes))](p, d);
	}
}
