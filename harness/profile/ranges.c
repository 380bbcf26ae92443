/* SPDX-License-Identifier: MIT */
/* ranges.c: sets of numbers. */
#include "profile/ranges.h"

#include <stdlib.h>
#include <string.h>

static bool room(struct ranges *s)
{
	const size_t size = s->size ? 2 * s->size : 4;
	struct range *more;

	if (s->n < s->size)
		return true;
	more = realloc(s->r, size * sizeof(*more));
	if (!more)
		return false;
	s->r = more;
	s->size = size;
	return true;
}

static bool insert(struct ranges *s, size_t at, struct range r)
{
	if (!room(s))
		return false;
	memmove(&s->r[at + 1], &s->r[at], (s->n - at) * sizeof(*s->r));
	s->r[at] = r;
	s->n++;
	return true;
}

/* The first range that ends at VALUE or behind it. */
static size_t find(const struct ranges *s, uint64_t value)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (s->r[mid].last < value)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool ranges_add(struct ranges *s, uint64_t first, uint64_t last)
{
	const size_t at = find(s, first ? first - 1 : 0);
	size_t end = at;

	/* Those that touch it become one with it. */
	while (end < s->n &&
		(last == UINT64_MAX || s->r[end].first <= last + 1)) {
		first = s->r[end].first < first ? s->r[end].first : first;
		last = s->r[end].last > last ? s->r[end].last : last;
		end++;
	}
	if (end == at)
		return insert(s, at, (struct range){ first, last });
	s->r[at] = (struct range){ first, last };
	memmove(&s->r[at + 1], &s->r[end], (s->n - end) * sizeof(*s->r));
	s->n -= end - at - 1;
	return true;
}

bool ranges_add_all(struct ranges *s, const struct ranges *more)
{
	bool ok = true;

	for (size_t i = 0; i < more->n && ok; i++)
		ok = ranges_add(s, more->r[i].first, more->r[i].last);
	return ok;
}

bool ranges_cut(struct ranges *s, uint64_t value)
{
	const size_t at = find(s, value);
	struct range r;

	if (!ranges_has(s, value))
		return true;
	r = s->r[at];
	if (r.first == r.last) {
		memmove(&s->r[at], &s->r[at + 1],
			(--s->n - at) * sizeof(*s->r));
		return true;
	}
	if (value == r.first) {
		s->r[at].first++;
		return true;
	}
	s->r[at].last = value - 1;
	return value == r.last ||
	       insert(s, at + 1, (struct range){ value + 1, r.last });
}

bool ranges_not(const struct ranges *s, uint64_t last, struct ranges *rest)
{
	uint64_t from = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->r[i].first > from &&
			!ranges_add(rest, from, s->r[i].first - 1))
			return false;
		if (s->r[i].last >= last)
			return true;
		from = s->r[i].last + 1;
	}
	return ranges_add(rest, from, last);
}

bool ranges_same(const struct ranges *a, const struct ranges *b)
{
	return a->n == b->n &&
	       (!a->n || !memcmp(a->r, b->r, a->n * sizeof(*a->r)));
}

bool ranges_has(const struct ranges *s, uint64_t value)
{
	const size_t at = find(s, value);

	return at < s->n && s->r[at].first <= value;
}

bool ranges_is_all(const struct ranges *s, uint64_t last)
{
	return s->n == 1 && s->r[0].first == 0 && s->r[0].last == last;
}

void ranges_free(struct ranges *s)
{
	free(s->r);
	*s = (struct ranges){ 0 };
}
