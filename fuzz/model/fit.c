/* SPDX-License-Identifier: MIT */
/* fit.c: does what the model does fit what was seen? */
#include "model/fit.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "model/pi.h"
#include "model/robust.h"

__attribute__((format(printf, 5, 6))) static void went_wrong(struct fit *f,
	const struct point *at, int step, int word, const char *format, ...)
{
	int done = __builtin_popcountll(at->done);
	va_list args;

	if (done <= f->best)
		return;
	f->best = done;
	f->step = step;
	f->word = word;
	f->only = at->only;
	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
}

static const char *show(int32_t ret, char text[16])
{
	if (ret < 0)
		return program_errno_name(-ret);
	snprintf(text, 16, "%d", ret);
	return text;
}

bool fit_was_drained(const struct fit *f, int i)
{
	return f->r->state[i] == STEP_DRAINED ||
	       (f->r->drained && f->r->end[i] > f->r->drained);
}

uint32_t fit_end_of(const struct fit *f, int i)
{
	return fit_was_drained(f, i) || !f->r->end[i] ? NEVER : f->r->end[i];
}

bool point_sleeps(const struct point *at, const struct fit *f, int i)
{
	const struct model_sleeper *z = &at->m.at[f->p->steps[i].thread];

	return z->kind != WAIT_NONE && z->step == i;
}

bool point_is_over(const struct point *at, const struct fit *f, int i)
{
	return at->done >> i & 1 && !point_sleeps(at, f, i);
}

static bool is_odd(const struct fit *f, int word)
{
	int memory = f->p->words[word].memory;

	return memory == MEMORY_UNALIGNED || memory == MEMORY_PAGE_END;
}

/* The thread ran all its steps, and is back. */
static bool has_finished(const struct point *at, const struct fit *f, int t)
{
	bool any = false;

	if (at->m.deaths[t].state != END_NONE)
		return false;
	for (int i = 0; i < f->p->nsteps; i++) {
		if (f->p->steps[i].thread != t)
			continue;
		if (!point_is_over(at, f, i) || fit_was_drained(f, i))
			return false;
		any = true;
	}
	return any;
}

int point_leaves(const struct point *at, const struct fit *f, int thread)
{
	uint32_t value;

	for (int w = at->left[thread]; w < f->p->nwords; w++)
		if (!is_odd(f, w) && model_read(&at->m, w, &value) &&
			(value & FUTEX_TID_MASK) == model_tid(&at->m, thread))
			return has_finished(at, f, thread) ? w : -1;
	return -1;
}

/* The sleeper sees what a sleeper may see. */
static bool fits_sleep(const struct fit *f, const struct point *next, int i)
{
	const struct step *step = &f->p->steps[i];
	const struct model_sleeper *z = &next->m.at[step->thread];

	if (z->leaving)
		return fit_was_drained(f, i) ? f->r->doubt
					     : f->r->ret[i] == z->ret;
	if (fit_was_drained(f, i))
		return true;
	return f->r->ret[i] == 0 ||
	       (f->r->ret[i] == -ETIMEDOUT && step->fourth >= 0);
}

/* `sleeps` has seen it before the clock said UNTIL. */
static bool was_asleep(const struct fit *f, int i, uint32_t until)
{
	for (int k = 0; k < f->p->nsteps; k++)
		if (f->r->sure >> k & 1 &&
			f->p->steps[k].val == f->p->steps[i].thread &&
			f->r->begin[k] > f->r->begin[i] && f->r->end[k] < until)
			return true;
	return false;
}

/* Another thread's step, while this one ran, may write its word. */
static bool is_contended(const struct fit *f, int i)
{
	for (int k = 0; k < f->p->nsteps; k++) {
		const struct step *s = &f->p->steps[k];
		bool writes = facts_stores(s) || s->kind == STEP_ADD ||
			      s->kind == STEP_OWN || s->kind == STEP_FUTEX;

		if (writes && s->thread != f->p->steps[i].thread &&
			f->r->begin[k] && f->r->begin[k] < f->r->end[i] &&
			fit_end_of(f, k) > f->r->begin[i] &&
			!was_asleep(f, k, f->r->begin[i]))
			return true;
	}
	return false;
}

bool fit_is_disturbed(const struct fit *f, int thread)
{
	uint32_t last = 0;

	for (int i = 0; i < f->p->nsteps; i++)
		if (f->p->steps[i].thread == thread && f->r->end[i] > last)
			last = f->r->end[i];
	for (int i = 0; i < f->p->nsteps; i++) {
		const struct step *s = &f->p->steps[i];

		if (s->thread == thread || !f->r->begin[i])
			continue;
		if (s->kind == STEP_EXIT ||
			(fit_end_of(f, i) > last && !was_asleep(f, i, last)))
			return true;
	}
	return false;
}

/* "If uval has changed, let user space handle it" (pi.c, futex_unlock_pi): the
 * word was read before the lock was taken. What the kernel leaves open. */
static bool is_open(const struct fit *f, int i)
{
	int ret = f->r->ret[i];

	return facts_cmd(&f->p->steps[i]) == FUTEX_UNLOCK_PI &&
	       (ret == -EAGAIN || ret == -EINVAL) && is_contended(f, i);
}

static bool fits_result(struct fit *f, const struct point *at,
	const struct point *next, int i, const struct due *due)
{
	bool drained = fit_was_drained(f, i);
	char seen[16], want[16];

	if (due->sleeps && fits_sleep(f, next, i))
		return true;
	/* Who was not waited for may be late: nothing is known of him. */
	if (drained && f->r->doubt)
		return true;
	if (!due->sleeps && !drained && f->r->ret[i] == due->ret)
		return true;
	went_wrong(f, at, i, -1, "%s, due was %s: %s",
		drained ? "slept until the end" : show(f->r->ret[i], seen),
		due->sleeps ? "to sleep" : show(due->ret, want), due->why);
	return false;
}

bool fit_step(struct fit *f, const struct point *at, int i, struct point *next,
	struct due *due)
{
	bool allowed = f->allowed[i];

	next->m.chose = false;
	if (allowed)
		*due = model_step(&next->m, i);
	if (allowed && f->p->steps[i].kind == STEP_FUTEX) {
		/* The model may be lost in what this leaves open. */
		if (f->r->ret[i] != due->ret && !fit_was_drained(f, i) &&
			is_open(f, i))
			next->m = at->m;
		else if (next->m.lost)
			return true;
		else if (!fits_result(f, at, next, i, due) ||
			 !fit_others(f, at, next, i))
			return false;
	}
	next->done |= 1ull << i;
	return !allowed || fit_word(f, next, i);
}

/* Who was given a lock, and has not run, may lose it to who comes with a higher
 * priority (rtmutex.c, rt_mutex_steal): then he sleeps on. */
static bool may_be_robbed(const struct fit *f, const struct point *at, int t)
{
	const struct model_sleeper *z = &at->m.at[t];

	if (z->kind != WAIT_PI || !z->leaving || z->ret)
		return false;
	for (int i = 0; i < f->p->nsteps; i++) {
		const struct step *s = &f->p->steps[i];

		if (!(at->done >> i & 1) && s->thread != t && facts_pi(s) &&
			facts_prio(f->p, s->thread) > z->lent)
			return true;
	}
	return false;
}

bool fit_others(
	struct fit *f, const struct point *at, const struct point *next, int by)
{
	char seen[16], want[16], who[24] = "a thread that ended";

	if (by >= 0)
		snprintf(who, sizeof(who), "t%u's step %d",
			f->p->steps[by].thread, by + 1);
	for (int t = 0; t < PROGRAM_THREADS; t++) {
		const struct model_sleeper *a = &at->m.at[t];
		const struct model_sleeper *b = &next->m.at[t];
		bool drained = fit_was_drained(f, a->step);
		int ret = b->kind == WAIT_NONE ? 0 : b->ret;

		if (a->kind == WAIT_NONE || a->leaving ||
			(b->kind != WAIT_NONE && !b->leaving) ||
			(drained ? f->r->doubt : f->r->ret[a->step] == ret))
			continue;
		f->robbed |= may_be_robbed(f, next, t);
		went_wrong(f, at, a->step, -1,
			"%s, due was %s: %s ended its sleep",
			drained ? "slept until the end"
				: show(f->r->ret[a->step], seen),
			show(ret, want), who);
		return false;
	}
	return true;
}

/* Nothing that writes words can come before the step's end. */
static bool is_quiet(const struct point *at, const struct fit *f, int i)
{
	for (int k = 0; k < f->p->nsteps; k++)
		if (k != i && f->r->begin[k] && !(at->done >> k & 1) &&
			f->r->begin[k] < f->r->end[i])
			return false;
	for (int t = 0; t < PROGRAM_THREADS; t++)
		if (at->m.deaths[t].state == END_BEGINS ||
			at->m.deaths[t].state == END_CLEANS ||
			(t != f->p->steps[i].thread &&
				point_leaves(at, f, t) >= 0) ||
			(at->m.at[t].leaving &&
				fit_end_of(f, at->m.at[t].step) < f->r->end[i]))
			return false;
	for (int key = 0; key < FACTS_KEYS; key++)
		if (model_inherits(&at->m, key))
			return false;
	return true;
}

bool fit_word(struct fit *f, const struct point *at, int i)
{
	const struct step *step = &f->p->steps[i];
	uint32_t want;

	if (step->kind != STEP_FUTEX || fit_was_drained(f, i) ||
		point_sleeps(at, f, i) || is_odd(f, step->word) ||
		!model_read(&at->m, step->word, &want) ||
		f->r->after[i] == want || !is_quiet(at, f, i))
		return true;
	went_wrong(f, at, i, step->word, "w%u held %#x after it, due was %#x",
		step->word, f->r->after[i], want);
	return false;
}

/* The leader takes and leaves locks to wake who waits for them. */
static bool leader_wrote(const struct fit *f)
{
	for (int i = 0; i < f->p->nsteps; i++)
		if (facts_pi(&f->p->steps[i]) ||
			f->p->steps[i].kind == STEP_OWN)
			return f->r->drained != 0;
	/* Who was late may have written after the look at the words. */
	return f->r->doubt;
}

bool fit_end(struct fit *f, const struct point *at)
{
	for (int i = 0; i < f->p->nsteps; i++) {
		if (!f->r->begin[i] || point_is_over(at, f, i) ||
			fit_was_drained(f, i))
			continue;
		if (point_sleeps(at, f, i))
			went_wrong(f, at, i, -1,
				"0, due was to sleep on: nobody woke it");
		else
			went_wrong(f, at, i, -1,
				"0, but t%u can have slept at no time",
				f->p->steps[i].val);
		return false;
	}
	for (int w = 0; w < f->p->nwords && !leader_wrote(f); w++) {
		uint32_t want = at->m.words[model_cell(f->p, w)];

		if (!program_writable(f->p, w) || f->r->words[w] == want)
			continue;
		went_wrong(f, at, -1, w, "w%d ends as %#x, due was %#x", w,
			f->r->words[w], want);
		return false;
	}
	return true;
}
