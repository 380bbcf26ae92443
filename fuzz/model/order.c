/* SPDX-License-Identifier: MIT */
/*
 * order.c: the search: depth first, what comes of itself and the step that
 * ended first before the others; a state that was tried is not tried again.
 */
#include "model/order.h"

#include <errno.h>
#include <string.h>

#include "model/fit.h"
#include "model/pi.h"
#include "model/prio.h"
#include "model/robust.h"
#include "sys/hash.h"

#define TRIES 2000 /* points, before it takes too long */
#define MEMO  4096 /* a power of two, more than TRIES */

struct search {
	struct fit fit;
	struct order *o;
	bool ranks; /* some thread has a priority */
	uint64_t memo[MEMO];
};

/* What can come next. */
enum move_kind {
	MOVE_STEP,
	MOVE_TIME,    /* a sleeper's time is over */
	MOVE_RISE,    /* who is leaving has left */
	MOVE_INHERIT, /* a lock whose owner died is taken */
	MOVE_DIE,     /* a thread's end goes on */
	MOVE_LEAVE,   /* a thread without more steps leaves a lock */
	MOVE_PASS,    /* or had looked before the word named it */
};

struct move {
	uint32_t rank; /* the lowest is tried first */
	enum move_kind kind;
	int what; /* step, thread or key */
};

struct moves {
	struct move all[2 * PROGRAM_STEPS + 2 * FACTS_KEYS];
	int n;
};

static void add(
	struct moves *moves, uint32_t rank, enum move_kind kind, int what)
{
	int k = moves->n++;

	for (; k > 0 && moves->all[k - 1].rank > rank; k--)
		moves->all[k] = moves->all[k - 1];
	moves->all[k] = (struct move){ rank, kind, what };
}

/* Steps that begin later have to wait. */
static uint32_t horizon(const struct fit *f, const struct point *at)
{
	uint32_t first = NEVER;

	for (int i = 0; i < f->p->nsteps; i++)
		if (f->r->begin[i] && !point_is_over(at, f, i) &&
			fit_end_of(f, i) < first)
			first = fit_end_of(f, i);
	return first;
}

static bool may_sleep(const struct step *s)
{
	return s->kind == STEP_FUTEX && program_times_out(s->op);
}

/* `sleeps` has seen that the other sleeps; where it was not sure, only that he
 * was in a call, which tells of no order. */
static bool is_ready(const struct fit *f, const struct point *at, int i)
{
	const struct step *step = &f->p->steps[i];
	const struct model_sleeper *other;

	if (step->kind != STEP_SLEEPS || f->r->ret[i] != 0 ||
		fit_was_drained(f, i) || !(f->r->sure >> i & 1))
		return true;
	other = &at->m.at[step->val];
	return other->kind != WAIT_NONE && !other->leaving;
}

static void add_steps(
	struct moves *moves, const struct fit *f, const struct point *at)
{
	uint32_t until = horizon(f, at);

	for (int i = 0; i < f->p->nsteps; i++) {
		const struct step *s = &f->p->steps[i];
		uint32_t begin = f->r->begin[i];

		if (begin && !(at->done >> i & 1) && begin < until &&
			at->m.at[s->thread].kind == WAIT_NONE &&
			is_ready(f, at, i))
			add(moves, may_sleep(s) ? begin : fit_end_of(f, i),
				MOVE_STEP, i);
	}
}

static void add_sleeper(struct moves *moves, const struct fit *f,
	const struct point *at, int thread)
{
	const struct model_sleeper *z = &at->m.at[thread];

	if (z->kind == WAIT_NONE)
		return;
	if (z->leaving)
		add(moves, 0, MOVE_RISE, thread);
	else if (!(z->kind == WAIT_PI && model_inherits(&at->m, z->key)) &&
		 !fit_was_drained(f, z->step) &&
		 f->r->ret[z->step] == -ETIMEDOUT &&
		 f->p->steps[z->step].fourth >= 0)
		add(moves, fit_end_of(f, z->step), MOVE_TIME, thread);
}

/* Another thread writes this one's number. */
static bool is_named(const struct program *p, int thread)
{
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_OWN &&
			p->steps[i].thread != thread &&
			program_owner(&p->steps[i]) == thread)
			return true;
	return false;
}

static void find_moves(
	struct moves *moves, const struct fit *f, const struct point *at)
{
	moves->n = 0;
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		add_sleeper(moves, f, at, t);
		if (at->m.deaths[t].state == END_BEGINS ||
			at->m.deaths[t].state == END_CLEANS)
			add(moves, 1, MOVE_DIE, t);
		if (point_leaves(at, f, t) >= 0)
			add(moves, 1, MOVE_LEAVE, t);
		if (point_leaves(at, f, t) >= 0 && is_named(f->p, t))
			add(moves, 2, MOVE_PASS, t);
	}
	for (int key = 0; key < FACTS_KEYS; key++)
		if (model_inherits(&at->m, key))
			add(moves, 1, MOVE_INHERIT, key);
	add_steps(moves, f, at);
}

/* True when the point was tried before. */
static bool is_known(struct search *s, const struct point *at)
{
	uint64_t hash = hash64(HASH64, &at->done, sizeof(at->done));
	size_t k;

	hash = hash64(hash, at->m.words, sizeof(at->m.words));
	hash = hash64(hash, at->m.owner, sizeof(at->m.owner));
	hash = hash64(hash, at->m.prio, sizeof(at->m.prio));
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *z = &at->m.at[t];
		const struct model_death *d = &at->m.deaths[t];
		const uint16_t what[] = { z->kind, z->step, z->key, z->key2,
			z->leaving, (uint16_t)z->ret, z->turn, z->rank, z->prio,
			z->lent, d->state, d->next, d->wakes, at->left[t] };

		if (z->kind != WAIT_NONE || d->state || at->left[t])
			hash = hash64(hash ^ (uint64_t)t, what, sizeof(what));
	}
	hash += !hash;
	for (k = hash % MEMO; s->memo[k]; k = (k + 1) % MEMO)
		if (s->memo[k] == hash)
			return true;
	s->memo[k] = hash;
	return false;
}

/* Does the move; false: it does not fit what was seen. */
static bool do_move(struct fit *f, const struct point *at,
	const struct move *move, struct point *next, struct due *due,
	bool *chose)
{
	int thread = move->what, word;

	switch (move->kind) {
	case MOVE_STEP:
		if (!fit_step(f, at, move->what, next, due))
			return false;
		*chose = next->m.chose;
		return true;
	case MOVE_TIME:
		if (next->m.at[thread].kind == WAIT_PLAIN)
			model_rise(&next->m, thread);
		else
			model_give_up(&next->m, thread, -ETIMEDOUT);
		return true;
	case MOVE_RISE:
		model_rise(&next->m, thread);
		return fit_word(f, next, at->m.at[thread].step);
	case MOVE_INHERIT:
		model_inherit(&next->m, move->what);
		return fit_others(f, at, next, -1);
	case MOVE_DIE:
		model_die(&next->m, thread, !next->m.keeps, chose);
		return fit_others(f, at, next, -1);
	default:
		word = point_leaves(at, f, thread);
		next->left[thread] = (uint8_t)(word + 1);
		if (move->kind == MOVE_PASS)
			return true;
		/* Who comes to wait between its look at the word and its lock
		 * makes an unlock err (pi.c: EAGAIN, and EINVAL where the word
		 * says that an owner died): then it is tried as a shared one.
		 */
		*chose = fit_is_disturbed(f, thread);
		if (next->m.keeps ||
			model_unlock(&next->m, thread, word, true).ret)
			model_unlock(&next->m, thread, word, false);
		return fit_others(f, at, next, -1);
	}
}

static bool try_from(struct search *s, const struct point *at);

/* KEEPS: the other way, where there are two. */
static bool try_move(struct search *s, const struct point *at,
	const struct move *move, bool only, bool keeps, bool *chose)
{
	struct point next = *at;
	struct due due = { .why = "" };

	next.only = at->only && only;
	next.m.keeps = keeps;
	if (!do_move(&s->fit, at, move, &next, &due, chose))
		return false;
	if (s->ranks)
		model_lend(&next.m);
	if (next.m.lost) {
		s->o->unknown = next.m.lost;
		return false;
	}
	if (!try_from(s, &next))
		return false;
	if (move->kind == MOVE_STEP)
		s->o->due[move->what] = due;
	return true;
}

static bool try_from(struct search *s, const struct point *at)
{
	struct moves moves;

	if (s->o->tries >= TRIES || is_known(s, at))
		return false;
	s->o->tries++;
	find_moves(&moves, &s->fit, at);
	for (int k = 0; k < moves.n; k++) {
		bool chose = false;

		if (try_move(s, at, &moves.all[k], moves.n == 1, false,
			    &chose) ||
			(chose && try_move(s, at, &moves.all[k], false, true,
					  &chose)))
			return true;
	}
	return moves.n == 0 && fit_end(&s->fit, at);
}

void order_find(const struct program *p, const struct result *r,
	const bool *allowed, struct order *o)
{
	static struct search s;
	struct point start = { .only = true };

	memset(o, 0, sizeof(*o));
	o->verdict = ORDER_UNKNOWN;
	if (!model_knows(p, &o->unknown))
		return;
	if (r->stuck || r->lost || r->status) {
		o->unknown = "the run did not end by itself";
		return;
	}
	memset(s.memo, 0, sizeof(s.memo));
	s.o = o;
	s.fit = (struct fit){ .p = p, .r = r, .allowed = allowed, .best = -1 };
	model_begin(&start.m, p, r->tids);
	s.ranks = facts_ranks(p);
	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_PRIO && r->ret[i])
			start.m.refused |= 1ull << i;
	if (try_from(&s, &start)) {
		o->verdict = ORDER_FOUND;
	} else if (o->tries >= TRIES) {
		o->unknown = "it has too many orders";
	} else if (facts_counts_with_tids(p) && !facts_one_thread(p)) {
		o->unknown = "it counts with the numbers of threads";
	} else if (s.fit.robbed && !o->unknown) {
		o->unknown = MODEL_ROBBED;
	} else if (!o->unknown) {
		o->verdict = ORDER_NONE;
		o->step = s.fit.step;
		o->word = s.fit.word;
		o->only = s.fit.only;
		memcpy(o->text, s.fit.text, sizeof(o->text));
	}
}
