/* SPDX-License-Identifier: MIT */
/*
 * order.c: the search: depth first, the step that ended first before the
 * others; a state that was tried is not tried again.
 */
#include "model/order.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sys/hash.h"

#define TRIES 2000 /* steps done, before it takes too long */
#define MEMO  4096 /* a power of two, more than TRIES */
#define NEVER UINT32_MAX

/* A point in one order. */
struct point {
	struct model m;
	uint64_t done; /* steps; a sleeper's are done when he sleeps */
	bool only;     /* there was one way to come here */
};

struct search {
	const struct program *p;
	const struct result *r;
	const bool *allowed;
	struct order *o;
	int best; /* steps done, where it went wrong */
	uint64_t memo[MEMO];
};

/* What can come next. */
struct move {
	uint32_t rank; /* the lowest is tried first */
	int step;      /* -1: a sleeper's time is over */
	int thread;
};

__attribute__((format(printf, 5, 6))) static void went_wrong(struct search *s,
	const struct point *at, int step, int word, const char *format, ...)
{
	int done = __builtin_popcountll(at->done);
	va_list args;

	if (done <= s->best)
		return;
	s->best = done;
	s->o->step = step;
	s->o->word = word;
	s->o->only = at->only;
	va_start(args, format);
	vsnprintf(s->o->text, sizeof(s->o->text), format, args);
	va_end(args);
}

static const char *show(int32_t ret, char text[16])
{
	if (ret < 0)
		return program_errno_name(-ret);
	snprintf(text, 16, "%d", ret);
	return text;
}

/* It slept until the leader woke it, or was still on its way. */
static bool was_drained(const struct search *s, int i)
{
	return s->r->state[i] == STEP_DRAINED ||
	       (s->r->drained && s->r->end[i] > s->r->drained);
}

static uint32_t end_of(const struct search *s, int i)
{
	return was_drained(s, i) || !s->r->end[i] ? NEVER : s->r->end[i];
}

static bool sleeps_in(const struct point *at, const struct search *s, int i)
{
	const struct model_sleeper *sleeper = &at->m.at[s->p->steps[i].thread];

	return sleeper->kind != WAIT_NONE && sleeper->step == i;
}

static bool is_over(const struct point *at, const struct search *s, int i)
{
	return at->done >> i & 1 && !sleeps_in(at, s, i);
}

/* Steps that begin later have to wait. */
static uint32_t horizon(const struct point *at, const struct search *s)
{
	uint32_t first = NEVER;

	for (int i = 0; i < s->p->nsteps; i++)
		if (s->r->begin[i] && !is_over(at, s, i) &&
			end_of(s, i) < first)
			first = end_of(s, i);
	return first;
}

/* `sleeps` has seen it. */
static bool is_ready(const struct point *at, const struct search *s, int i)
{
	const struct step *step = &s->p->steps[i];

	return step->kind != STEP_SLEEPS || s->r->ret[i] != 0 ||
	       was_drained(s, i) || at->m.at[step->val].kind != WAIT_NONE;
}

static bool timed_out(const struct search *s, int i)
{
	return s->r->state[i] == STEP_RETURNED && s->r->ret[i] == -ETIMEDOUT;
}

static void add(struct move *moves, int *n, uint32_t rank, int step, int thread)
{
	int k = (*n)++;

	for (; k > 0 && moves[k - 1].rank > rank; k--)
		moves[k] = moves[k - 1];
	moves[k] = (struct move){ rank, step, thread };
}

static bool may_sleep(const struct step *s)
{
	return s->kind == STEP_FUTEX && program_times_out(s->op);
}

static int find_moves(
	const struct point *at, const struct search *s, struct move *moves)
{
	uint32_t until = horizon(at, s);
	int n = 0;

	for (int i = 0; i < s->p->nsteps; i++) {
		uint32_t begin = s->r->begin[i];

		if (sleeps_in(at, s, i) && timed_out(s, i) &&
			s->p->steps[i].fourth >= 0)
			add(moves, &n, end_of(s, i), -1, s->p->steps[i].thread);
		if (begin && !(at->done >> i & 1) && begin < until &&
			at->m.at[s->p->steps[i].thread].kind == WAIT_NONE &&
			is_ready(at, s, i))
			add(moves, &n,
				may_sleep(&s->p->steps[i]) ? begin
							   : end_of(s, i),
				i, s->p->steps[i].thread);
	}
	return n;
}

/* The sleeper sees what a sleeper may see. */
static bool fits_sleep(const struct search *s, int i)
{
	const struct step *step = &s->p->steps[i];

	if (was_drained(s, i))
		return true;
	return s->r->ret[i] == 0 ||
	       (s->r->ret[i] == -ETIMEDOUT && step->fourth >= 0);
}

static bool fits(
	struct search *s, const struct point *at, int i, const struct due *due)
{
	char seen[16], want[16];

	if (due->sleeps && fits_sleep(s, i))
		return true;
	/* Who was not waited for may be late: nothing is known of him. */
	if (was_drained(s, i) && s->r->doubt)
		return true;
	if (!due->sleeps && !was_drained(s, i) && s->r->ret[i] == due->ret)
		return true;
	went_wrong(s, at, i, -1, "%s, due was %s: %s",
		was_drained(s, i) ? "slept until the end"
				  : show(s->r->ret[i], seen),
		due->sleeps ? "to sleep" : show(due->ret, want), due->why);
	return false;
}

/* Those who were woken by the step must have come back so. */
static bool fit_woken(struct search *s, const struct point *before,
	const struct point *at, int by)
{
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		int i = before->m.at[t].step;

		if (before->m.at[t].kind == WAIT_NONE ||
			at->m.at[t].kind != WAIT_NONE ||
			(was_drained(s, i) ? s->r->doubt : s->r->ret[i] == 0))
			continue;
		went_wrong(s, before, i, -1,
			"%s, but t%u's step %d had to wake it: it is the "
			"first in the queue",
			was_drained(s, i) ? "slept until the end"
					  : program_errno_name(-s->r->ret[i]),
			s->p->steps[by].thread, by + 1);
		return false;
	}
	return true;
}

/* Nobody else can have touched the word between the step and the look at it. */
static bool fits_word(struct search *s, const struct point *at, int i)
{
	const struct step *step = &s->p->steps[i];
	uint32_t want;

	if (step->kind != STEP_FUTEX || was_drained(s, i) ||
		s->p->words[step->word].memory == MEMORY_UNALIGNED ||
		s->p->words[step->word].memory == MEMORY_PAGE_END)
		return true;
	for (int k = 0; k < s->p->nsteps; k++)
		if (k != i && s->r->begin[k] && !(at->done >> k & 1) &&
			s->r->begin[k] < s->r->end[i])
			return true;
	want = at->m.words[model_cell(s->p, step->word)];
	if (sleeps_in(at, s, i) ||
		(!program_writable(s->p, step->word) &&
			s->p->words[step->word].memory != MEMORY_READ_ONLY) ||
		s->r->after[i] == want)
		return true;
	went_wrong(s, at, i, step->word, "w%u held %#x after it, due was %#x",
		step->word, s->r->after[i], want);
	return false;
}

/* All is done that was done: the words, and nobody sleeps who came back. */
static bool fits_end(struct search *s, const struct point *at)
{
	for (int i = 0; i < s->p->nsteps; i++) {
		if (!s->r->begin[i] || is_over(at, s, i) || was_drained(s, i))
			continue;
		if (sleeps_in(at, s, i))
			went_wrong(s, at, i, -1,
				"0, but nobody can have woken it");
		else
			went_wrong(s, at, i, -1,
				"0, but t%u can have slept at no time",
				s->p->steps[i].val);
		return false;
	}
	/* Who was late may have written after the look at the words. */
	for (int w = 0; w < s->p->nwords && !s->r->doubt; w++) {
		uint32_t want = at->m.words[model_cell(s->p, w)];

		if (!program_writable(s->p, w) || s->r->words[w] == want)
			continue;
		went_wrong(s, at, -1, w, "w%d ends as %#x, due was %#x", w,
			s->r->words[w], want);
		return false;
	}
	return true;
}

/* True when the state was tried before. */
static bool is_known(struct search *s, const struct point *at)
{
	uint64_t hash = hash64(HASH64, &at->done, sizeof(at->done));
	size_t k;

	hash = hash64(hash, at->m.words, sizeof(at->m.words));
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *z = &at->m.at[t];
		const unsigned char what[] = { z->kind, z->step, z->key,
			(unsigned char)z->turn, (unsigned char)(z->turn >> 8) };

		hash = hash64(hash, what, sizeof(what));
	}
	hash += !hash;
	for (k = hash % MEMO; s->memo[k]; k = (k + 1) % MEMO)
		if (s->memo[k] == hash)
			return true;
	s->memo[k] = hash;
	return false;
}

static bool try_from(struct search *s, const struct point *at);

static bool try_move(struct search *s, const struct point *at,
	const struct move *move, bool only, bool keeps, bool *chose)
{
	struct point next = *at;
	struct due due = { .why = "" };
	int i = move->step;

	next.only = at->only && only;
	if (i < 0) {
		model_rise(&next.m, move->thread);
		return try_from(s, &next);
	}
	next.m.keeps = keeps;
	if (s->allowed[i])
		due = model_step(&next.m, i);
	*chose = next.m.chose;
	if (s->p->steps[i].kind == STEP_FUTEX && s->allowed[i] &&
		(!fits(s, at, i, &due) || !fit_woken(s, at, &next, i)))
		return false;
	next.done |= 1ull << i;
	if (s->allowed[i] && !fits_word(s, &next, i))
		return false;
	if (!try_from(s, &next))
		return false;
	s->o->due[i] = due;
	return true;
}

static bool try_from(struct search *s, const struct point *at)
{
	struct move moves[2 * PROGRAM_STEPS];
	int n;

	if (s->o->tries >= TRIES || is_known(s, at))
		return false;
	s->o->tries++;
	n = find_moves(at, s, moves);
	for (int k = 0; k < n; k++) {
		bool chose = false;

		if (try_move(s, at, &moves[k], n == 1, false, &chose) ||
			(chose && try_move(s, at, &moves[k], false, true,
					  &chose)))
			return true;
	}
	return n == 0 && fits_end(s, at);
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
	s.p = p;
	s.r = r;
	s.allowed = allowed;
	s.o = o;
	s.best = -1;
	model_begin(&start.m, p, r->tids);
	if (try_from(&s, &start))
		o->verdict = ORDER_FOUND;
	else if (o->tries < TRIES)
		o->verdict = ORDER_NONE;
	else
		o->unknown = "it has too many orders";
}
