/* SPDX-License-Identifier: MIT */
/*
 * narrow.c: a comparison is a union of sets that a mask and a value tell: for
 * an inequality those of each length of what stands in front of the first bit
 * that differs. Two such sets have one such in common, or nothing.
 */
#include "profile/narrow.h"

#include <errno.h>
#include <stdlib.h>

struct set {
	uint64_t mask, value;
};

struct sets {
	size_t n;
	struct set list[NARROW_MOST];
};

static int put(struct sets *s, uint64_t mask, uint64_t value)
{
	if (s->n == NARROW_MOST)
		return -E2BIG;
	s->list[s->n++] = (struct set){ mask, value & mask };
	return 0;
}

/* What is below VALUE, or above it: at each bit where it can be told. */
static int put_side(struct sets *s, uint64_t all, uint64_t value, bool above)
{
	int ret = 0;

	for (uint64_t bit = all - (all >> 1); bit && !ret; bit >>= 1)
		if (!(value & bit) == above)
			ret = put(s, all & ~(bit - 1), value ^ bit);
	return ret;
}

/* What is not VALUE under MASK: at each bit of the mask where it is told. */
static int put_other(struct sets *s, uint64_t mask, uint64_t value)
{
	int ret = 0;

	for (uint64_t bit = 1ull << 63; bit && !ret; bit >>= 1)
		if (mask & bit)
			ret = put(s, mask & ~(bit - 1), value ^ bit);
	return ret;
}

/* What passes when OP does not hold. */
static enum scmp_compare opposite(enum scmp_compare op)
{
	static const enum scmp_compare ops[] = {
		[SCMP_CMP_NE] = SCMP_CMP_EQ,
		[SCMP_CMP_LT] = SCMP_CMP_GE,
		[SCMP_CMP_LE] = SCMP_CMP_GT,
		[SCMP_CMP_EQ] = SCMP_CMP_NE,
		[SCMP_CMP_GE] = SCMP_CMP_LT,
		[SCMP_CMP_GT] = SCMP_CMP_LE,
	};

	return ops[op];
}

static int put_cmp(struct sets *s, const struct narrow *c)
{
	const uint64_t all = c->low ? UINT32_MAX : UINT64_MAX;
	const uint64_t a = c->cmp.datum_a & all, b = c->cmp.datum_b & all;
	enum scmp_compare op = c->cmp.op;
	int ret = 0;

	s->n = 0;
	if (c->fails && op == SCMP_CMP_MASKED_EQ)
		return put_other(s, a, b);
	if (c->fails)
		op = opposite(op);
	switch (op) {
	case SCMP_CMP_EQ:
		return put(s, all, a);
	case SCMP_CMP_MASKED_EQ:
		return put(s, a, b);
	case SCMP_CMP_LE:
	case SCMP_CMP_GE:
		ret = put(s, all, a);
		break;
	default:
		break;
	}
	if (!ret && op != SCMP_CMP_GT && op != SCMP_CMP_GE)
		ret = put_side(s, all, a, false);
	if (!ret && op != SCMP_CMP_LT && op != SCMP_CMP_LE)
		ret = put_side(s, all, a, true);
	return ret;
}

/* What A and B have in common, to OUT. */
static int meet(const struct sets *a, const struct sets *b, struct sets *out)
{
	int ret = 0;

	out->n = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n && !ret; k++) {
			const struct set x = a->list[i], y = b->list[k];

			if (!((x.value ^ y.value) & x.mask & y.mask))
				ret = put(out, x.mask | y.mask,
					x.value | y.value);
		}
	return ret;
}

struct work {
	const struct narrow *list;
	unsigned n;
	int (*take)(void *to, const struct scmp_arg_cmp *args, unsigned n);
	void *to;
	size_t given;
	struct scmp_arg_cmp args[PROFILE_ARGS];
	struct sets sets[PROFILE_ARGS], one, other;
};

/* The only comparison of ARG, if it is one and libseccomp's; else NULL. */
static const struct narrow *alone(const struct work *w, unsigned arg)
{
	const struct narrow *found = NULL;

	for (unsigned i = 0; i < w->n; i++) {
		if (w->list[i].cmp.arg != arg)
			continue;
		if (found || w->list[i].low || w->list[i].fails)
			return NULL;
		found = &w->list[i];
	}
	return found;
}

static int collect(struct work *w, unsigned arg)
{
	struct sets *s = &w->sets[arg];
	int ret = put(s, 0, 0);

	for (unsigned i = 0; i < w->n && !ret; i++) {
		if (w->list[i].cmp.arg != arg)
			continue;
		w->other = *s;
		ret = put_cmp(&w->one, &w->list[i]);
		if (!ret)
			ret = meet(&w->other, &w->one, s);
	}
	return ret;
}

/* Each of ARG's sets with each of those of the arguments behind it. */
static int give(struct work *w, unsigned arg, unsigned n)
{
	const struct narrow *c = arg < PROFILE_ARGS ? alone(w, arg) : NULL;
	int ret = 0;

	if (arg == PROFILE_ARGS)
		return ++w->given > NARROW_MOST ? -E2BIG
						: w->take(w->to, w->args, n);
	if (c) {
		w->args[n] = c->cmp;
		return give(w, arg + 1, n + 1);
	}
	for (size_t i = 0; i < w->sets[arg].n && !ret; i++) {
		const struct set s = w->sets[arg].list[i];
		const bool equal = s.mask == UINT64_MAX;

		w->args[n] = (struct scmp_arg_cmp){ arg,
			equal ? SCMP_CMP_EQ : SCMP_CMP_MASKED_EQ,
			equal ? s.value : s.mask, equal ? 0 : s.value };
		ret = give(w, arg + 1, n + (s.mask != 0));
	}
	return ret;
}

int narrow(const struct narrow *list, unsigned n,
	int (*take)(void *to, const struct scmp_arg_cmp *args, unsigned n),
	void *to)
{
	struct work *w = calloc(1, sizeof(*w));
	int ret = w ? 0 : -ENOMEM;

	if (w) {
		w->list = list;
		w->n = n;
		w->take = take;
		w->to = to;
	}
	for (unsigned arg = 0; arg < PROFILE_ARGS && !ret; arg++)
		if (!alone(w, arg))
			ret = collect(w, arg);
	if (!ret)
		ret = give(w, 0, 0);
	free(w);
	return ret;
}
