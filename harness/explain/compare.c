/* SPDX-License-Identifier: MIT */
/* compare.c: in what a run under the filter is not what it is without. */
#include "explain/compare.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "explain/io.h"
#include "explain/places.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define CALLS 1024 /* numbers of calls that are counted */

/* How often each call was noted. */
struct counted {
	unsigned long calls[2 * CALLS]; /* of ARCH_NATIVE, of ARCH_COMPAT */
};

static void count(struct counted *n, const struct explain_places *places)
{
	memset(n, 0, sizeof(*n));
	for (int i = 0; i < places->n; i++) {
		const struct explain_place *p = places->list[i];

		if (p->nr >= 0 && p->nr < CALLS)
			n->calls[p->nr +
				 (p->arch == ARCH_COMPAT ? CALLS : 0)] +=
				p->count;
	}
}

bool explain_tries_again(const struct explain_places *is,
	const struct explain_places *was, struct explain_tried *t)
{
	static struct counted here, there;

	if (!is->n || was->unplaced)
		return false;
	count(&here, is);
	count(&there, was);
	for (int i = 0; i < 2 * CALLS; i++) {
		if (here.calls[i] <= 10 * there.calls[i] + 100)
			continue;
		t->is = here.calls[i];
		t->was = there.calls[i];
		calls_name(i < CALLS ? ARCH_NATIVE : ARCH_COMPAT, i % CALLS,
			t->call, sizeof(t->call));
		return true;
	}
	return false;
}

bool explain_burns(uint64_t is_us, uint64_t was_us)
{
	return is_us > 4 * was_us + 100000;
}

/* Who was ended by the time-out had more to write. */
static void compare_text(
	int a, int b, bool cut_short, struct explain_compared *c)
{
	struct stat one, other;
	off_t least;

	c->known = true;
	c->same = explain_io_same(a, b, &c->at);
	if (c->same || !cut_short || fstat(a, &one) || fstat(b, &other))
		return;
	least = one.st_size < other.st_size ? one.st_size : other.st_size;
	c->same = c->at == least;
	c->beginning = c->same;
}

static int count_failed(
	const struct explain_seen *seen, const struct explain_failed *like)
{
	for (int i = 0; i < seen->nfailed; i++)
		if (seen->failed[i].status == like->status &&
			!strcmp(seen->failed[i].comm, like->comm))
			return seen->failed[i].n;
	return 0;
}

bool explain_did_better(const struct explained *e)
{
	return e->real.ended && !e->real.status && !e->in[EXPLAIN_END].same;
}

int explain_failed_more(const struct explained *e, int i)
{
	const struct explain_failed *f = &e->real.failed[i];
	int without = count_failed(&e->let, f);

	return f->n > without ? f->n - without : 0;
}

static bool has_more_failed(
	const struct explain_seen *a, const struct explain_seen *b)
{
	for (int i = 0; i < a->nfailed; i++)
		if (a->failed[i].n > count_failed(b, &a->failed[i]))
			return true;
	return false;
}

static bool ends_same(
	const struct explain_seen *a, const struct explain_seen *b)
{
	return a->ended == b->ended && a->timed_out == b->timed_out &&
	       (!a->ended || a->status == b->status);
}

/* Who takes another way to its end has other files open there. */
static void compare_open(const struct explain_seen *a,
	const struct explain_seen *b, struct explain_compared in[EXPLAIN_WAYS])
{
	struct explain_compared *c = &in[EXPLAIN_OPEN];

	c->known = a->open.known && b->open.known && in[EXPLAIN_END].same &&
		   in[EXPLAIN_FAILED].same && !a->nlost && !b->nlost &&
		   a->processes == b->processes;
	c->same = a->open.n <= b->open.n && a->open.others <= b->open.others;
}

void explain_compare_two(const struct explain_seen *a,
	const struct explain_seen *b, struct explain_compared in[EXPLAIN_WAYS])
{
	bool cut_short = a->timed_out || b->timed_out;
	struct explain_tried t;

	memset(in, 0, EXPLAIN_WAYS * sizeof(*in));
	compare_text(a->out, b->out, cut_short, &in[EXPLAIN_OUT]);
	compare_text(a->err, b->err, cut_short, &in[EXPLAIN_ERR]);
	in[EXPLAIN_END].known = true;
	in[EXPLAIN_END].same = ends_same(a, b);
	in[EXPLAIN_FAILED].known = !a->unkept && !b->unkept;
	in[EXPLAIN_FAILED].same = !has_more_failed(a, b);
	in[EXPLAIN_TRIES].known = !b->places.unplaced;
	in[EXPLAIN_TRIES].same =
		!explain_tries_again(&a->places, &b->places, &t);
	in[EXPLAIN_CPU].known = true;
	in[EXPLAIN_CPU].same = !explain_burns(a->cpu_us, b->cpu_us);
	compare_open(a, b, in);
}

/* Nothing of what differs can be the filter's doing, or be told. */
static bool is_silent(const struct explained *e)
{
	bool ended = e->real.ended && WIFEXITED(e->real.status);

	return (!ended && !e->real.timed_out) || e->let.interrupted ||
	       explain_did_better(e);
}

/* Two runs without a filter are alike when neither has more than the other. */
static void note_varies(struct explained *e, const struct explain_seen *bare)
{
	struct explain_compared one[EXPLAIN_WAYS], other[EXPLAIN_WAYS];

	explain_compare_two(&e->let, bare, one);
	explain_compare_two(bare, &e->let, other);
	one[EXPLAIN_CPU].same = one[EXPLAIN_CPU].same &&
				bare->cpu_us <= 2 * e->let.cpu_us + 50000 &&
				e->let.cpu_us <= 2 * bare->cpu_us + 50000;
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		e->in[i].varies = !e->in[i].same && e->in[i].known &&
				  (!one[i].same || !other[i].same);
	explain_end(bare, e->once_more, sizeof(e->once_more));
	e->unsure = bare->interrupted || bare->broken[0] || explain_stopped();
}

static bool differs(const struct explained *e)
{
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		if (e->in[i].known && !e->in[i].same && !e->in[i].varies)
			return true;
	return false;
}

/* Was SEEN refused all that the first run was? */
static bool meets_all(
	const struct explain_seen *first, const struct explain_seen *seen)
{
	for (int i = 0; i < first->places.n; i++)
		if (!explain_is_met(&seen->places, first->places.list[i]))
			return false;
	return true;
}

/* The first run finds no caches. What it alone did, though another under the
 * filter was refused all the same, is not for the filter. */
static void note_first(struct explained *e, const struct explain_seen *again)
{
	struct explain_compared in[EXPLAIN_WAYS];

	e->unsure = again->interrupted || again->broken[0] || explain_stopped();
	if (e->unsure || !meets_all(&e->real, again))
		return;
	explain_compare_two(again, &e->let, in);
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		e->in[i].first = e->in[i].known && !e->in[i].same &&
				 !e->in[i].varies && in[i].same;
}

static int run_again(struct explain_plan plan, enum explain_mode mode,
	struct explained *e,
	void (*note)(struct explained *e, const struct explain_seen *seen),
	struct failure *f)
{
	static struct explain_seen seen;
	int ret;

	plan.hidden = true;
	ret = explain_run(&plan, mode, &seen, f);
	if (!ret)
		note(e, &seen);
	explain_seen_free(&seen);
	return ret;
}

int explain_compare(
	const struct explain_plan *plan, struct explained *e, struct failure *f)
{
	int ret = 0;

	explain_compare_two(&e->real, &e->let, e->in);
	/* What it did once it was let go nobody saw. */
	if (e->untraced)
		e->in[EXPLAIN_TRIES].known = e->in[EXPLAIN_FAILED].known =
			false;
	explain_tries_again(&e->real.places, &e->let.places, &e->tried);
	if (!differs(e) || is_silent(e))
		return 0;
	ret = run_again(*plan, EXPLAIN_LET, e, note_varies, f);
	if (!ret && differs(e) && !e->unsure)
		ret = run_again(*plan, EXPLAIN_REAL, e, note_first, f);
	return ret;
}
