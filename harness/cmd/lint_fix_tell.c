/* SPDX-License-Identifier: MIT */
/* lint_fix_tell.c: what `quartet lint --fix` changed, as the filters say it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/lint_fix.h"
#include "cmd/named.h"
#include "profile/ask.h"
#include "profile/condition_write.h"
#include "sys/failure.h"

#define LONG 300 /* a condition that nobody reads */

static bool is_named(const struct fix *fix, const char *call)
{
	for (size_t i = 0; i < fix->n; i++)
		if (!strcmp(fix->list[i].call, call))
			return true;
	return false;
}

static void tell_case(const char *profile, const char *way, const char *call,
	const struct verdict_case *v)
{
	char from[ASK_VERDICT], to[ASK_VERDICT], *where = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&where, &size);

	if (!f)
		return;
	if (!conditions_is_all(&v->where)) {
		fputs(" where ", f);
		conditions_write(&v->where, f);
	}
	fclose(f);
	failure_say("%s: proven: %s %s: %s -> %s%s", profile, way, call,
		ask_verdict(v->a, from), ask_verdict(v->b, to),
		size < LONG ? where
			    : " for some arguments; `quartet diff` says which");
	free(where);
}

static void tell_change(const char *profile, const struct fix *fix,
	const struct change *c, const struct cases *cases)
{
	struct named n = { "", 0, 0 };
	char way[NAMED_WAY];

	named_way(c, way);
	for (bool b = true; named_next(c, &n, b); b = false)
		for (size_t i = 0; i < cases->n && is_named(fix, n.name); i++)
			tell_case(profile, way, n.name, &cases->list[i]);
}

void lint_fix_tell(const char *profile, const struct fix *fix,
	const struct filter *before, const struct filter *after)
{
	const struct diff_of all = { 0 };
	struct diff d;

	if (diff_filters(&d, before, after, &all))
		for (size_t i = 0; i < d.n; i++)
			tell_change(profile, fix, &d.list[i],
				&d.cases[d.list[i].cases].c);
	diff_free(&d);
}
