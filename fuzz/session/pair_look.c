/* SPDX-License-Identifier: MIT */
/* pair_look.c: from a program that may differ to one that does, and is small.
 */
#include "session/pair.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "session/shrink.h"
#include "sys/clock.h"
#include "sys/hash.h"

#define ROUND	    16	 /* runs in a process, the first time */
#define ROUND_MAX   1024 /* ... and at most */
#define ROUNDS	    4	 /* processes at least */
#define PROOF_S	    20	 /* for the proof of one program */
#define SHRINK_S    60
#define OF_A_KIND   3  /* are laid down, at most ... */
#define LOOKS	    20 /* ... after so many looks */
#define SHRINK_RUNS 8

int pair_step(const struct program *p, const struct runs runs[2],
	const struct differ *d)
{
	static struct history h;
	const struct history_event *e;

	for (int side = 0; side < 2; side++) {
		const struct runs_kind *k = &runs[side].kinds[d->kind[side]];

		if (d->kind[side] < 0)
			continue;
		history_of(p, &k->result, k->broken, k->step, &h);
		e = &h.events[d->event];
		if (d->event < h.n && e->what == HISTORY_END)
			return e->at;
	}
	for (int side = 0; side < 2; side++)
		if (d->kind[side] >= 0 &&
			runs[side].kinds[d->kind[side]].step >= 0)
			return runs[side].kinds[d->kind[side]].step;
	return -1;
}

static int broken(const struct runs runs[2], const struct differ *d, int side)
{
	return d->kind[side] < 0 ? -1 : runs[side].kinds[d->kind[side]].broken;
}

/* What most likely has one cause: the operation, and the promises. */
static uint32_t kind_of(const struct program *p, const struct runs runs[2],
	const struct differ *d)
{
	int step = pair_step(p, runs, d);
	int what[] = { step < 0 ? -1 : behaviour_op(&p->steps[step]),
		broken(runs, d, 0), broken(runs, d, 1) };

	return hash32(HASH32, what, sizeof(what));
}

/* NULL: there is no room for another. */
static struct pair_kind *find_kind(struct pair *pr, uint32_t hash)
{
	for (int i = 0; i < pr->nkinds; i++)
		if (pr->kinds[i].hash == hash)
			return &pr->kinds[i];
	if (pr->nkinds == PAIR_KINDS)
		return NULL;
	pr->kinds[pr->nkinds] = (struct pair_kind){ .hash = hash };
	return &pr->kinds[pr->nkinds++];
}

/* In so many seconds, or soon after the time is over. */
static time_t until(const struct pair *pr, int seconds)
{
	const struct fuzz_run *r = pr->r;
	time_t end = time(NULL) + seconds, last = r->began + r->seconds + 10;

	return r->seconds && last < end ? last : end;
}

/* The next round takes about a second. */
static int next_times(int times, uint64_t took_us)
{
	if (took_us > 1000000)
		return times > 1 ? times / 2 : 1;
	return took_us < 400000 && times < ROUND_MAX ? 2 * times : times;
}

/* More runs prove no more. */
static bool is_as_is(const struct differ *d)
{
	return !d->other || d->chance <= DIFFER_CHANCE;
}

/* By runs of new processes, until it is proven, or is none, or the time is
 * over: the rarer an answer is, the more it takes. */
static enum pair_asked prove(struct pair *pr, const struct program *p,
	struct runs total[2], struct differ *d, struct failure *f)
{
	time_t end = until(pr, PROOF_S);
	int times = ROUND;

	memset(total, 0, 2 * sizeof(*total));
	for (int round = 1;; round++) {
		uint64_t asked_at = clock_us();
		enum pair_asked asked = pair_ask(pr, p, times, true, f);

		if (asked != PAIR_RAN)
			return asked;
		for (int side = 0; side < 2; side++)
			runs_join(&total[side], p, &pr->runs[side]);
		times = next_times(times, clock_us() - asked_at);
		if (round < ROUNDS)
			continue;
		differ_find(p, total, pr->unequal, d);
		if (d->verdict != DIFFER_MAYBE || time(NULL) > end)
			return PAIR_RAN;
		if (is_as_is(d) && round >= 2 * ROUNDS)
			return PAIR_RAN;
	}
}

struct shrinking {
	struct pair *pr;
	struct differ as; /* what it is to show */
	int broken[2], times;
	time_t end;
	enum pair_asked asked;
	struct failure *f;
};

/* The same promise; and, where the kernels can be compared, more often than by
 * chance. */
static bool still_differs(const struct program *p, void *arg)
{
	struct shrinking *s = arg;
	int side = s->as.side;
	struct differ d;

	if (s->asked != PAIR_RAN || time(NULL) > s->end)
		return false;
	s->asked = pair_ask(s->pr, p, s->times, false, s->f);
	if (s->asked != PAIR_RAN)
		return false;
	differ_find(p, s->pr->runs, s->pr->unequal, &d);
	if (d.verdict < DIFFER_MAYBE || d.side != side ||
		broken(s->pr->runs, &d, side) != s->broken[side])
		return false;
	return s->as.verdict == DIFFER_MAYBE ||
	       (d.chance < 1e-3 &&
		       broken(s->pr->runs, &d, !side) == s->broken[!side]);
}

/* So many runs show it some eight times. */
static int runs_needed(const struct runs runs[2], const struct differ *d)
{
	const struct runs *r = &runs[d->side];
	uint32_t times = r->kinds[d->kind[d->side]].times;
	uint32_t n = SHRINK_RUNS * (d->with ? d->of : r->counted) /
		     (d->with	     ? d->with
			     : times ? times
				     : 1);

	return n < SHRINK_RUNS ? SHRINK_RUNS : n > 256 ? 256 : (int)n;
}

/* What is smaller, and proven, takes the place of P and TOTAL. */
static enum pair_asked make_small(struct pair *pr, struct program *p,
	struct runs total[2], struct differ *d, struct failure *f)
{
	static struct runs small_total[2];
	struct program small = *p;
	struct shrinking s = { .pr = pr,
		.as = *d,
		.broken = { broken(total, d, 0), broken(total, d, 1) },
		.times = runs_needed(total, d),
		.end = until(pr, SHRINK_S),
		.f = f };
	enum pair_asked asked;
	struct differ found;

	if (!shrink(&small, still_differs, &s) || s.asked == PAIR_STOPPED ||
		s.asked == PAIR_FAILED)
		return s.asked;
	asked = prove(pr, &small, small_total, &found, f);
	if (asked != PAIR_RAN || found.verdict != DIFFER_PROVEN)
		return asked == PAIR_DIED ? PAIR_RAN : asked;
	*p = small;
	memcpy(total, small_total, sizeof(small_total));
	*d = found;
	return PAIR_RAN;
}

static void keep_undecided(struct pair *pr, const struct program *p,
	const struct runs total[2], const struct differ *d)
{
	const struct runs_kind *k = &total[d->side].kinds[d->kind[d->side]];
	char path[PATH_MAX];
	FILE *to;

	fuzz_path(path, "%s/undecided", pr->r->out);
	mkdir(path, 0777);
	fuzz_path(path, "%s/undecided/%llu.futex", pr->r->out,
		(unsigned long long)++pr->undecided);
	to = fopen(path, "we");
	if (!to)
		return;
	if (d->other)
		fprintf(to,
			"# an answer came %u of %u times on %s, 0 of %u on the "
			"other\n",
			d->with, d->of, pr->label[d->side], d->other);
	else
		fprintf(to,
			"# broken on %s alone, but the other never had the "
			"steps in that order\n",
			pr->label[d->side]);
	if (k->broken >= 0)
		fprintf(to, "# %s: %s\n", oracles[k->broken].name, k->text);
	program_print(p, to);
	fclose(to);
}

enum pair_asked pair_look(struct pair *pr, const struct program *p,
	const struct differ *maybe, struct failure *f)
{
	static struct runs total[2];
	struct pair_kind *kind = find_kind(pr, kind_of(p, pr->runs, maybe));
	struct program small = *p;
	enum pair_asked asked;
	struct differ d;

	if (!kind || kind->proven == OF_A_KIND || kind->looked == LOOKS) {
		pr->more++;
		return PAIR_RAN;
	}
	kind->looked++;
	asked = prove(pr, p, total, &d, f);
	if (asked != PAIR_RAN)
		return asked;
	/* What races less when it is small may be proven then. */
	if (d.verdict == DIFFER_PROVEN ||
		(d.verdict == DIFFER_MAYBE && is_as_is(&d) &&
			kind->looked <= OF_A_KIND))
		asked = make_small(pr, &small, total, &d, f);
	if (asked == PAIR_FAILED)
		return asked;
	if (d.verdict == DIFFER_MAYBE)
		keep_undecided(pr, p, total, &d);
	if (d.verdict != DIFFER_PROVEN)
		return asked;
	kind->proven++;
	return pair_lay_down(pr, p, &small, total, &d, f) < 0 ? PAIR_FAILED
							      : asked;
}
