/* SPDX-License-Identifier: MIT */
/* differ.c: do two kernels differ in what a program did on them? */
#include "oracle/differ.h"

#include <linux/futex.h>

#include "model/step.h"
#include "program/facts.h"

/* linux/futex.h since 7.2, FUTEX_ROBUST_UNLOCK and FUTEX_ROBUST_LIST32. */
#define ROBUST_UNLOCK 512
#define ROBUST_LIST32 1024

enum { LOCK_PI2, UNLOCK, LIST32, HASH };

const char *const differ_features[] = { [LOCK_PI2] = "lock_pi2",
	[UNLOCK] = "robust_unlock",
	[LIST32] = "robust_list32",
	[HASH] = "futex_hash",
	NULL };

unsigned differ_uses(const struct program *p)
{
	unsigned uses = p->hash ? 1u << HASH : 0;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (s->kind != STEP_FUTEX)
			continue;
		if ((facts_cmd(s) & 127) == FUTEX_LOCK_PI2)
			uses |= 1u << LOCK_PI2;
		if (s->op & ROBUST_UNLOCK)
			uses |= 1u << UNLOCK;
		if (s->op & ROBUST_LIST32)
			uses |= 1u << LIST32;
	}
	return uses;
}

double differ_chance(uint32_t k, uint32_t m, uint32_t n)
{
	double chance = 1;

	if (!k || !n)
		return 1;
	for (uint32_t i = 0; i < k; i++)
		chance *= (double)(m - i) / ((double)(m - i) + n);
	return chance;
}

/* The histories of both kernels' kinds. */
struct sides {
	const struct runs *runs;
	struct history of[2][RUNS_KINDS];
};

/* Is B an answer to the question that A answers? */
static bool compares(
	const struct history_event *a, const struct history_event *b)
{
	if (a->what == HISTORY_BEGIN || b->what == HISTORY_BEGIN)
		return false;
	/* Which of two threads is first. */
	return a->what != HISTORY_END || b->what != HISTORY_END ||
	       a->at == b->at;
}

/* What came of one answer: of its side, and of the other. */
struct count {
	uint32_t with, of, other;
	bool kept, other_kept; /* some run kept each promise */
	bool firm; /* some run broke one, and not by the order of its steps */
	int other_kind;
};

/* The kind has the first N events of H, and goes on to an answer. */
static const struct history_event *answer(
	const struct history *kind, const struct history *h, int n)
{
	if (history_common(kind, h) < n || kind->n <= n ||
		!compares(&h->events[n], &kind->events[n]))
		return NULL;
	return &kind->events[n];
}

static struct count count_at(
	const struct sides *s, int side, const struct history *h, int n)
{
	const struct runs *mine = &s->runs[side], *other = &s->runs[!side];
	struct count c = { .other_kind = -1 };

	for (uint32_t i = 0; i < mine->nkinds; i++) {
		if (!answer(&s->of[side][i], h, n))
			continue;
		c.of += mine->kinds[i].times;
		if (history_common(&s->of[side][i], h) == n)
			continue;
		c.with += mine->kinds[i].times;
		c.kept |= mine->kinds[i].broken < 0;
		c.firm |= !mine->kinds[i].loose;
	}
	for (uint32_t i = 0; i < other->nkinds; i++) {
		if (!answer(&s->of[!side][i], h, n))
			continue;
		c.other += other->kinds[i].times;
		c.other_kept |= other->kinds[i].broken < 0;
		if (c.other_kind < 0 ||
			other->kinds[i].times >
				other->kinds[c.other_kind].times)
			c.other_kind = (int)i;
	}
	return c;
}

static enum differ_verdict judge(const struct program *p, const struct sides *s,
	int side, const struct count *c, double chance)
{
	const char *what;

	/* The other's answer may break a promise: that is seen from there. */
	if (c->kept && (!c->other_kept || model_knows(p, &what) ||
			       !facts_one_thread(p)))
		return DIFFER_FREE;
	/* Where many orders are possible the model may have missed one. */
	if (!c->firm && c->with != c->of)
		return DIFFER_MAYBE;
	/* It may be among those for which there was no room. */
	return !s->runs[!side].others && chance <= DIFFER_CHANCE ? DIFFER_PROVEN
								 : DIFFER_MAYBE;
}

/* Has the other kernel broken the same promise in the same step? */
static bool both_break(
	const struct sides *s, int side, const struct runs_kind *k)
{
	const struct runs *other = &s->runs[!side];

	for (uint32_t i = 0; i < other->nkinds; i++)
		if (other->kinds[i].broken == k->broken &&
			other->kinds[i].step == k->step)
			return true;
	return false;
}

/* Nobody can be compared with it. */
static enum differ_verdict judge_alone(
	const struct sides *s, int side, const struct runs_kind *k)
{
	return k->broken < 0 || both_break(s, side, k) ? DIFFER_FREE
						       : DIFFER_MAYBE;
}

/* The kind I of SIDE against all of the other's. */
static void look(const struct program *p, const struct sides *s, int side,
	int i, struct differ *d)
{
	const struct history *h = &s->of[side][i];
	enum differ_verdict verdict;
	struct count c;
	double chance;
	int n = 0;

	for (uint32_t k = 0; k < s->runs[!side].nkinds; k++) {
		int common = history_common(h, &s->of[!side][k]);

		if (common == h->n)
			return;
		n = common > n ? common : n;
	}
	c = count_at(s, side, h, n);
	chance = differ_chance(c.with, c.of, c.other);
	verdict = c.with && c.other
			  ? judge(p, s, side, &c, chance)
			  : judge_alone(s, side, &s->runs[side].kinds[i]);
	if (verdict < d->verdict ||
		(verdict == d->verdict && chance >= d->chance))
		return;
	*d = (struct differ){ .verdict = verdict,
		.side = side,
		.event = n,
		.with = c.with,
		.of = c.of,
		.other = c.other,
		.chance = chance };
	d->kind[side] = i;
	d->kind[!side] = c.other_kind;
}

void differ_find(const struct program *p, const struct runs runs[2],
	unsigned unequal, struct differ *d)
{
	static struct sides s;
	unsigned by = differ_uses(p) & unequal;

	s.runs = runs;
	*d = (struct differ){ .kind = { -1, -1 }, .chance = 2 };
	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < runs[side].nkinds; i++) {
			const struct runs_kind *k = &runs[side].kinds[i];

			history_of(p, &k->result, k->broken, k->step,
				&s.of[side][i]);
		}
	if (!runs[0].counted || !runs[1].counted)
		return;
	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < runs[side].nkinds; i++)
			look(p, &s, side, (int)i, d);
	if (d->verdict < DIFFER_MAYBE || !by)
		return;
	d->verdict = DIFFER_FEATURE;
	d->feature = differ_features[__builtin_ctz(by)];
}
