/* SPDX-License-Identifier: MIT */
/* minimize_search.c: which of N things are needed. Pure. */
#include "minimize_search.h"

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

struct subset {
	bool *keep;
	size_t n;
	minimize_test test;
	void *with;
	int taken;  /* how often something was taken out */
	int *shown; /* per thing: TAKEN when it was shown to be needed */
};

/* Takes [FROM, TO) out when it can: 1; else it stays: 0. */
static int try_range(struct subset *s, size_t from, size_t to)
{
	bool before[to - from];
	int ret;

	memcpy(before, s->keep + from, sizeof(before));
	memset(s->keep + from, 0, sizeof(before));
	ret = s->test(s->with, s->keep, s->n);
	if (ret == 1)
		s->taken++;
	else
		memcpy(s->keep + from, before, sizeof(before));
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
		s->shown[from] = s->taken;
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
		needed = needed && !s->keep[i];
	return take_out(s, middle, to, needed);
}

static int show_each(struct subset *s)
{
	for (size_t i = 0; i < s->n; i++) {
		int ret;

		if (!s->keep[i] || s->shown[i] == s->taken)
			continue;
		ret = try_range(s, i, i + 1);
		if (ends(ret))
			return ret;
		if (ret == 0)
			s->shown[i] = s->taken;
	}
	return 0;
}

int minimize_subset(
	bool *keep, size_t likely, size_t n, minimize_test test, void *with)
{
	struct subset s = { keep, n, test, with, 0, NULL };
	int ret = 0, before;

	if (n == 0)
		return 0;
	s.shown = calloc(n, sizeof(*s.shown));
	if (!s.shown)
		return -1;
	for (size_t i = 0; i < n; i++) {
		keep[i] = true;
		s.shown[i] = -1;
	}
	if (likely)
		ret = take_out(&s, 0, likely, false);
	do {
		before = s.taken;
		if (!ret)
			ret = show_each(&s);
	} while (!ret && s.taken != before);
	free(s.shown);
	return ret;
}
