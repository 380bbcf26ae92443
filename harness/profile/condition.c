/* SPDX-License-Identifier: MIT */
/* condition.c: conditions on arguments, of tests of words. */
#include "profile/condition.h"

#include <stdlib.h>
#include <string.h>

#define HALF   0xffffffffull
#define SPREAD 16 /* values of an upper half that are taken one by one */

static void condition_free(struct condition *c)
{
	ranges_free(&c->whole);
	ranges_free(&c->low);
	ranges_free(&c->high);
	free(c->bits);
}

static void conjunction_free(struct conjunction *c)
{
	for (unsigned i = 0; i < CONDITION_ON; i++)
		condition_free(&c->on[i]);
}

void conditions_free(struct conditions *c)
{
	for (size_t i = 0; i < c->n; i++)
		conjunction_free(&c->list[i]);
	free(c->list);
	*c = (struct conditions){ 0 };
}

/* What of S is at FIRST to LAST stays. */
static bool keep(struct ranges *s, uint64_t first, uint64_t last)
{
	struct ranges kept = { 0 };
	bool ok = true;

	for (size_t i = 0; i < s->n && ok; i++) {
		const struct range *r = &s->r[i];

		if (r->first <= last && r->last >= first)
			ok = ranges_add(&kept,
				r->first > first ? r->first : first,
				r->last < last ? r->last : last);
	}
	ranges_free(s);
	*s = kept;
	return ok;
}

/* Two that hold are one with more bits. */
static bool add_bits(struct condition *c, struct bits b)
{
	struct bits *more;

	for (size_t i = 0; i < c->nbits; i++) {
		struct bits *old = &c->bits[i];

		if (!b.truth || !old->truth ||
			(old->value ^ b.value) & old->mask & b.mask)
			continue;
		old->mask |= b.mask;
		old->value |= b.value;
		return true;
	}
	more = realloc(c->bits, (c->nbits + 1) * sizeof(*more));
	if (!more)
		return false;
	more[c->nbits++] = b;
	c->bits = more;
	return true;
}

static bool add_test(struct conjunction *c, const struct region_test *t)
{
	const unsigned arg = t->word < 4 ? CONDITION_IP : (t->word - 4) / 2;
	const bool upper = t->word & 1;
	struct condition *on = &c->on[arg];
	struct ranges *s = upper ? &on->high : &on->low;

	if (t->mask != HALF) {
		if (t->op != REGION_EQ)
			return false;
		return add_bits(on,
			(struct bits){ (uint64_t)t->mask << (upper ? 32 : 0),
				(uint64_t)t->k << (upper ? 32 : 0), t->truth });
	}
	switch (t->op) {
	case REGION_EQ:
		return t->truth ? keep(s, t->k, t->k) : ranges_cut(s, t->k);
	case REGION_GT:
		return t->truth ? keep(s, (uint64_t)t->k + 1, HALF)
				: keep(s, 0, t->k);
	default:
		return t->truth ? keep(s, t->k, HALF)
		       : t->k	? keep(s, 0, (uint64_t)t->k - 1)
				: keep(s, 1, 0);
	}
}

static uint64_t count(const struct ranges *s)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->r[i].last - s->r[i].first + 1;
	return sum;
}

/* Of halves a whole, where few ranges say it. */
static bool settle(struct condition *c)
{
	const bool lower = ranges_is_all(&c->low, HALF);
	bool ok = true;

	c->halves = !lower && count(&c->high) > SPREAD;
	if (c->halves)
		return true;
	for (size_t i = 0; i < c->high.n && ok; i++) {
		const struct range *r = &c->high.r[i];

		if (lower)
			ok = ranges_add(&c->whole, r->first << 32,
				r->last << 32 | HALF);
		for (uint64_t h = r->first; !lower && h <= r->last; h++)
			for (size_t k = 0; k < c->low.n && ok; k++)
				ok = ranges_add(&c->whole,
					h << 32 | c->low.r[k].first,
					h << 32 | c->low.r[k].last);
	}
	ranges_free(&c->low);
	ranges_free(&c->high);
	return ok;
}

/* Of "not these bits" those that are known not to be else are no matter. */
static void reduce(struct condition *c)
{
	for (size_t i = 0; i < c->nbits; i++) {
		const struct bits *known = &c->bits[i];

		for (size_t k = 0; known->truth && k < c->nbits; k++) {
			struct bits *b = &c->bits[k];
			const uint64_t both = b->mask & known->mask;

			if (b->truth || (b->value ^ known->value) & both)
				continue;
			b->mask &= ~both;
			b->value &= ~both;
		}
	}
}

static bool fill(
	struct conjunction *c, const struct region_test *tests, size_t n)
{
	bool ok = true;

	*c = (struct conjunction){ 0 };
	for (unsigned i = 0; i < CONDITION_ON && ok; i++)
		ok = ranges_add(&c->on[i].low, 0, HALF) &&
		     ranges_add(&c->on[i].high, 0, HALF);
	for (size_t i = 0; i < n && ok; i++)
		ok = add_test(c, &tests[i]);
	for (unsigned i = 0; i < CONDITION_ON && ok; i++)
		ok = settle(&c->on[i]);
	for (unsigned i = 0; i < CONDITION_ON && ok; i++)
		reduce(&c->on[i]);
	return ok;
}

static bool same_bits(const struct condition *a, const struct condition *b)
{
	if (a->nbits != b->nbits)
		return false;
	for (size_t i = 0; i < a->nbits; i++)
		if (a->bits[i].mask != b->bits[i].mask ||
			a->bits[i].value != b->bits[i].value ||
			a->bits[i].truth != b->bits[i].truth)
			return false;
	return true;
}

static bool same_values(const struct condition *a, const struct condition *b)
{
	return a->halves == b->halves && ranges_same(&a->whole, &b->whole) &&
	       ranges_same(&a->low, &b->low) && ranges_same(&a->high, &b->high);
}

static bool same(const struct condition *a, const struct condition *b)
{
	return same_bits(a, b) && same_values(a, b);
}

/* Not these bits, or not those: not all of them. */
static bool join_bits(struct condition *to, const struct condition *from)
{
	struct bits *a = &to->bits[to->nbits - 1];
	const struct bits *b = &from->bits[from->nbits - 1];

	if (to->nbits != 1 || from->nbits != 1 || a->truth || b->truth ||
		a->mask & b->mask || !same_values(to, from))
		return false;
	a->mask |= b->mask;
	a->value |= b->value;
	return true;
}

/* The upper halves of S, if it has each with all lower ones. */
static bool upper_of(const struct ranges *s, struct ranges *upper)
{
	for (size_t i = 0; i < s->n; i++)
		if ((s->r[i].first & HALF) != 0 ||
			(s->r[i].last & HALF) != HALF ||
			!ranges_add(
				upper, s->r[i].first >> 32, s->r[i].last >> 32))
			return false;
	return true;
}

/* Upper halves with any lower one, or lower ones with any upper: all but where
 * both are others. */
static bool join_halves(struct condition *to, const struct condition *halves)
{
	struct ranges upper = { 0 }, whole = { 0 };
	struct condition not = { 0 };
	bool ok = ranges_is_all(&halves->high, HALF) &&
		  upper_of(&to->whole, &upper) &&
		  ranges_not(&upper, HALF, &not .high) &&
		  ranges_not(&halves->low, HALF, &not .low) && settle(&not ) &&
		  !not .halves && ranges_not(&not .whole, UINT64_MAX, &whole);

	if (ok) {
		ranges_free(&to->whole);
		to->whole = whole;
	} else {
		ranges_free(&whole);
	}
	ranges_free(&upper);
	condition_free(&not );
	return ok;
}

static bool copy(struct ranges *to, const struct ranges *from)
{
	ranges_free(to);
	return ranges_add_all(to, from);
}

/* The same where TO is the one of halves. */
static bool join_whole(struct condition *to, const struct condition *whole)
{
	struct condition c = { 0 };
	bool ok = copy(&c.whole, &whole->whole) && join_halves(&c, to);

	if (ok) {
		ranges_free(&to->low);
		ranges_free(&to->high);
		to->whole = c.whole;
		to->halves = false;
	} else {
		condition_free(&c);
	}
	return ok;
}

/* Makes TO hold where FROM does, too, and nowhere else. */
static bool join(struct condition *to, const struct condition *from)
{
	if (to->nbits && from->nbits && !same_bits(to, from))
		return join_bits(to, from);
	if (!same_bits(to, from))
		return false;
	if (to->halves != from->halves)
		return to->halves ? join_whole(to, from)
				  : join_halves(to, from);
	if (!to->halves)
		return ranges_add_all(&to->whole, &from->whole);
	if (ranges_same(&to->low, &from->low))
		return ranges_add_all(&to->high, &from->high);
	return ranges_same(&to->high, &from->high) &&
	       ranges_add_all(&to->low, &from->low);
}

/* The same where all arguments but one have the same conditions. */
static bool merge(struct conjunction *to, const struct conjunction *from)
{
	unsigned differ = 0, which = 0;

	for (unsigned i = 0; i < CONDITION_ON; i++)
		if (!same(&to->on[i], &from->on[i])) {
			differ++;
			which = i;
		}
	return !differ ||
	       (differ == 1 && join(&to->on[which], &from->on[which]));
}

static bool push(struct conditions *c, const struct conjunction *one)
{
	if (c->n == c->size) {
		const size_t size = c->size ? 2 * c->size : 4;
		struct conjunction *more =
			realloc(c->list, size * sizeof(*more));

		if (!more)
			return false;
		c->list = more;
		c->size = size;
	}
	c->list[c->n++] = *one;
	return true;
}

bool conditions_add(
	struct conditions *c, const struct region_test *tests, size_t n)
{
	struct conjunction one;

	if (!fill(&one, tests, n)) {
		conjunction_free(&one);
		return false;
	}
	for (size_t i = c->n; i--;)
		if (merge(&c->list[i], &one)) {
			conjunction_free(&one);
			return true;
		}
	if (push(c, &one))
		return true;
	conjunction_free(&one);
	return false;
}

static bool join_once(struct conditions *c)
{
	bool some = false;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = c->n; --k > i;)
			if (merge(&c->list[i], &c->list[k])) {
				conjunction_free(&c->list[k]);
				c->list[k] = c->list[--c->n];
				some = true;
			}
	return some;
}

void conditions_join(struct conditions *c)
{
	for (int i = 0; i < 8 && join_once(c); i++)
		;
}

static bool holds(const struct condition *c, uint64_t v)
{
	for (size_t i = 0; i < c->nbits; i++)
		if (((v & c->bits[i].mask) == c->bits[i].value) !=
			c->bits[i].truth)
			return false;
	return c->halves ? ranges_has(&c->low, v & HALF) &&
				   ranges_has(&c->high, v >> 32)
			 : ranges_has(&c->whole, v);
}

bool conditions_hold(const struct conditions *c, const struct seccomp_data *d)
{
	for (size_t i = 0; i < c->n; i++) {
		bool all = holds(
			&c->list[i].on[CONDITION_IP], d->instruction_pointer);

		for (unsigned k = 0; k < CONDITION_ARGS && all; k++)
			all = holds(&c->list[i].on[k], d->args[k]);
		if (all)
			return true;
	}
	return false;
}

bool condition_is_all(const struct condition *c)
{
	return !c->nbits && !c->halves && ranges_is_all(&c->whole, UINT64_MAX);
}

bool conditions_is_all(const struct conditions *c)
{
	for (size_t i = 0; i < c->n; i++) {
		bool all = true;

		for (unsigned k = 0; k < CONDITION_ON && all; k++)
			all = condition_is_all(&c->list[i].on[k]);
		if (all)
			return true;
	}
	return false;
}
