/* SPDX-License-Identifier: MIT */
/* search.c: which of N things are needed. Pure. */
#include "minimize/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool ends(int ret)
{
	return ret != 0 && ret != 1;
}

static int test_first(
	bool *keep, size_t n, size_t k, minimize_test test, void *with)
{
	for (size_t i = 0; i < n; i++)
		keep[i] = i < k;
	return test(with, keep, n);
}

int minimize_prefix(bool *keep, size_t n, minimize_test test, void *with)
{
	/* LOW things do not do, HIGH do. */
	size_t low, high = n;
	int ret;

	if (n == 0)
		return 0;
	/* Mostly all are needed, or none. */
	ret = test_first(keep, n, n - 1, test, with);
	if (ret == 1 && n > 1) {
		high = n - 1;
		ret = test_first(keep, n, 0, test, with);
	}
	if (ret == 1)
		high = 0;
	low = high == n ? n - 1 : 0;
	while (!ends(ret) && high - low > 1) {
		size_t middle = low + (high - low) / 2;

		ret = test_first(keep, n, middle, test, with);
		if (ret == 1)
			high = middle;
		else
			low = middle;
	}
	for (size_t i = 0; i < n; i++)
		keep[i] = i < high;
	return ends(ret) ? ret : 0;
}

static bool among(size_t what, const size_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == what)
			return true;
	return false;
}

/* What was missed now was missed before, all of it: it got no further. */
static bool no_further(
	const size_t *now, size_t nnow, const size_t *before, size_t nbefore)
{
	for (size_t i = 0; i < nnow; i++)
		if (!among(now[i], before, nbefore))
			return false;
	return true;
}

/* Adds the first STEP of LIST; where that is nothing new, all there is. False
 * then: there is nothing left to guess. */
static bool add(bool *keep, bool *doubtful, size_t n, const size_t *list,
	size_t nlist, size_t step)
{
	bool added = false;

	for (size_t i = 0; i < nlist && i < step; i++) {
		added = added || !keep[list[i]];
		keep[list[i]] = true;
		doubtful[list[i]] = step > 1;
	}
	for (size_t i = 0; i < n && !added; i++) {
		doubtful[i] = doubtful[i] || !keep[i];
		keep[i] = true;
	}
	return added;
}

static int grow(bool *keep, bool *doubtful, size_t n, size_t *lists,
	minimize_test test, minimize_missed missed, void *with)
{
	size_t *now = lists, *before = lists + n;
	size_t nnow, nbefore = 0, step = 1, vain = 0;
	int ret;

	while ((ret = test(with, keep, n)) == 0) {
		nnow = missed(with, now);
		vain = no_further(now, nnow, before, nbefore) ? vain + 1 : 0;
		/* The next one is a better guess than two of them. */
		step = vain > 1 ? step * 2 : 1;
		if (!add(keep, doubtful, n, now, nnow, step))
			return 0;
		memcpy(before, now, nnow * sizeof(*now));
		nbefore = nnow;
	}
	return ends(ret) ? ret : 0;
}

int minimize_grow(bool *keep, bool *doubtful, size_t n, minimize_test test,
	minimize_missed missed, void *with)
{
	size_t *lists = calloc(2 * n + 1, sizeof(*lists));
	int ret;

	if (!lists)
		return -ENOMEM;
	memset(doubtful, 0, n * sizeof(*doubtful));
	ret = grow(keep, doubtful, n, lists, test, missed, with);
	free(lists);
	return ret;
}

struct subset {
	bool *keep;
	size_t n;
	minimize_test test;
	minimize_ahead ahead;
	void *with;
	size_t *order; /* of what is doubtful */
	int taken;     /* how often something was taken out */
	int *shown;    /* per thing: TAKEN when it was shown to be needed */
};

static void set_range(struct subset *s, size_t from, size_t to, bool keep)
{
	for (size_t i = from; i < to; i++)
		s->keep[s->order[i]] = keep;
}

/* Takes [FROM, TO) of the order out when it can: 1; else it stays: 0. */
static int try_range(struct subset *s, size_t from, size_t to)
{
	int ret;

	set_range(s, from, to, false);
	ret = s->test(s->with, s->keep, s->n);
	if (ret == 1)
		s->taken++;
	else
		set_range(s, from, to, true);
	return ret;
}

/*
 * Takes out of [FROM, TO) what can be. NEEDED: it was seen that not all of it
 * can. The range had all its things when it was last tried.
 */
static int take_out(struct subset *s, size_t from, size_t to, bool needed)
{
	size_t middle = from + (to - from) / 2;
	int ret, taken;

	if (!needed) {
		ret = try_range(s, from, to);
		if (ret == 1 || ends(ret))
			return ret == 1 ? 0 : ret;
	}
	if (to - from == 1) {
		s->shown[s->order[from]] = s->taken;
		return 0;
	}
	taken = s->taken;
	ret = take_out(s, from, middle, false);
	if (ret)
		return ret;
	/* The left half went at one stroke: taking out the right one as well
	 * is what has been tried. */
	needed = s->taken == taken + 1;
	for (size_t i = from; i < middle; i++)
		needed = needed && !s->keep[s->order[i]];
	return take_out(s, middle, to, needed);
}

/* Of those from FROM on. */
static void tell_ahead(struct subset *s, size_t from)
{
	size_t n = 0;

	if (!s->ahead)
		return;
	for (size_t i = from; i < s->n; i++)
		if (s->keep[i] && s->shown[i] != s->taken)
			s->order[n++] = i;
	s->ahead(s->with, s->keep, s->n, s->order, n);
}

/* What was in doubt has been tried: its order is no more. */
static int show_each(struct subset *s)
{
	for (size_t i = 0; i < s->n; i++) {
		int ret;

		if (!s->keep[i] || s->shown[i] == s->taken)
			continue;
		tell_ahead(s, i);
		s->keep[i] = false;
		ret = s->test(s->with, s->keep, s->n);
		s->keep[i] = ret != 1;
		if (ends(ret))
			return ret;
		if (ret == 1)
			s->taken++;
		else
			s->shown[i] = s->taken;
	}
	return 0;
}

static int subset(struct subset *s, const bool *doubtful)
{
	size_t ndoubtful = 0;
	int ret = 0, before;

	for (size_t i = 0; i < s->n; i++) {
		s->shown[i] = -1;
		if (s->keep[i] && doubtful[i])
			s->order[ndoubtful++] = i;
	}
	if (ndoubtful)
		ret = take_out(s, 0, ndoubtful, false);
	do {
		before = s->taken;
		if (!ret)
			ret = show_each(s);
	} while (!ret && s->taken != before);
	return ret;
}

int minimize_subset(bool *keep, const bool *doubtful, size_t n,
	minimize_test test, minimize_ahead ahead, void *with)
{
	struct subset s = {
		.keep = keep, .n = n, .test = test, .ahead = ahead, .with = with
	};
	int ret = -ENOMEM;

	s.order = calloc(n + 1, sizeof(*s.order));
	s.shown = calloc(n + 1, sizeof(*s.shown));
	if (s.order && s.shown)
		ret = subset(&s, doubtful);
	free(s.order);
	free(s.shown);
	return ret;
}
