/* SPDX-License-Identifier: MIT */
/* judge_row.c: outcome and declaration -> verdict. Pure. */
#include <stdio.h>
#include <string.h>

#include "suite/gvisor_rows.h"
#include "suite/judge.h"
#include "sys/text.h"

/* Every word of LIST names a feature that is there (or, with `!`, not). */
static bool features_hold(const char *list, const struct place *place)
{
	char item[64];
	int n;

	while (list && sscanf(list, " %63s%n", item, &n) == 1) {
		bool no = item[0] == '!';

		list += n;
		if (place->has(item + no) == no)
			return false;
	}
	return true;
}

static bool row_holds(const struct expect *e, const struct place *place)
{
	if (e->libc &&
		(e->libc >> 28 != place->libc >> 28 || e->libc > place->libc))
		return false;
	return text_matches(e->under, place->profile) &&
	       text_matches(e->flavour, place->flavour) &&
	       e->kernel <= place->kernel && features_hold(e->has, place);
}

/* "a|b" names alternatives. */
static bool call_matches(const char *want, const char *seen)
{
	size_t n;

	for (; *want; want += n + (want[n] == '|')) {
		n = strcspn(want, "|");
		if (strlen(seen) == n && !strncmp(want, seen, n))
			return true;
	}
	return false;
}

static bool row_matches(const struct expect *e, const struct judged *seen)
{
	bool optional = e->outcome == OUT_HANGS || e->outcome == OUT_ZOMBIE;

	if (e->outcome != seen->outcome || e->num != seen->num)
		return false;
	if (!e->call)
		return optional || !seen->call[0];
	return call_matches(e->call, seen->call);
}

/* The thread dies that was to take its process along: that one goes on, or
 * waits for it. */
static bool is_spared(const struct expect *e, const struct judged *seen,
	const struct place *place)
{
	return place->spares && e->outcome == OUT_DIES &&
	       (seen->outcome == OUT_LOSES || seen->outcome == OUT_ZOMBIE) &&
	       call_matches(e->call, seen->call);
}

static void describe_row(const struct expect *e, char *want, size_t size)
{
	struct judged j = { .outcome = e->outcome, .num = e->num };
	struct evidence none = { .hang.proven = true };

	if (e->call)
		snprintf(j.call, sizeof(j.call), "%s", e->call);
	judge_describe(&none, &j);
	snprintf(want, size, "%s", j.text);
}

static bool gvisor_matches(
	const struct gvisor_row *r, const struct judged *seen)
{
	return row_matches(&r->row, seen) &&
	       (!r->line || r->line == seen->line);
}

/* The row that decides; NULL: it is as on Linux. */
static const struct gvisor_row *gvisor_row(const struct declaration *d,
	const struct place *place, const struct judged *seen)
{
	const struct gvisor_row *r = gvisor_rows;

	if (place->undeclared || !place->has("gvisor"))
		return NULL;
	for (; r->probe; r++)
		if (text_matches(r->probe, d->name) &&
			row_holds(&r->row, place) &&
			(!r->row.or || gvisor_matches(r, seen)))
			return r;
	return NULL;
}

static enum verdict judge_gvisor(const struct gvisor_row *r,
	const struct judged *seen, const struct expect **row, char *want,
	size_t size)
{
	size_t n;

	*row = &r->row;
	describe_row(&r->row, want, size);
	n = strlen(want);
	if (r->line)
		snprintf(want + n, size - n, " (line %d)", r->line);
	if (gvisor_matches(r, seen))
		return VERDICT_PASS;
	return seen->outcome == OUT_BROKEN ? VERDICT_BROKEN : VERDICT_FAIL;
}

static enum verdict judge_row(const struct declaration *d,
	const struct place *place, const struct judged *seen,
	const struct expect **row, char *want, size_t size)
{
	const struct gvisor_row *there = gvisor_row(d, place, seen);

	if (there)
		return judge_gvisor(there, seen, row, want, size);
	*row = NULL;
	snprintf(want, size, "works");
	if (!place->filtered)
		return seen->outcome == OUT_WORKS ? VERDICT_PASS
						  : VERDICT_BROKEN;
	if (place->undeclared) {
		snprintf(want, size, "nothing: the profile is a file");
		return seen->outcome == OUT_BROKEN ? VERDICT_BROKEN
						   : VERDICT_NONE;
	}
	snprintf(want, size, "no row of the declaration matches");
	for (int i = 0; i < d->nexpect; i++) {
		const struct expect *e = &d->probe.expect[i];

		if (!row_holds(e, place))
			continue;
		if (!*row)
			describe_row(e, want, size);
		*row = e;
		if (row_matches(e, seen) || is_spared(e, seen, place))
			return VERDICT_PASS;
		if (!e->or)
			break;
	}
	if (!*row || seen->outcome == OUT_BROKEN)
		return VERDICT_BROKEN;
	return VERDICT_FAIL;
}

/* No declaration allows for a kernel that is not well. */
enum verdict judge_verdict(const struct declaration *d,
	const struct place *place, const struct judged *seen,
	const struct expect **row, char *want, size_t size)
{
	enum verdict verdict = judge_row(d, place, seen, row, want, size);

	if (!seen->reported || verdict == VERDICT_BROKEN)
		return verdict;
	return VERDICT_FAIL;
}
