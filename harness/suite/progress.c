/* SPDX-License-Identifier: MIT */
/* progress.c: how far a run is. */
#include "suite/progress.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "suite/record.h"
#include "sys/clock.h"
#include "sys/terminal.h"

#define EVERY_US 500000

static double rate(const struct progress *p)
{
	return (double)p->done * 1e6 / (double)(clock_us() - p->start + 1);
}

static void show(const struct progress *p)
{
	char line[200];

	snprintf(line, sizeof(line),
		"%zu of %zu cells, %zu differ, %zu broken, %.0f a second",
		p->done, p->cells, p->verdicts[VERDICT_FAIL],
		p->verdicts[VERDICT_BROKEN], rate(p));
	terminal_progress(line);
}

static void keep(const struct progress *p, const char *state)
{
	char path[PATH_MAX], part[PATH_MAX];
	json_t *o = json_pack("{s:i, s:s, s:I, s:I, s:I, s:I, s:I, s:f, s:I}",
		"v", RECORD_VERSION, "state", state, "cells",
		(json_int_t)p->cells, "done", (json_int_t)p->done, "differ",
		(json_int_t)p->verdicts[VERDICT_FAIL], "broken",
		(json_int_t)p->verdicts[VERDICT_BROKEN], "skipped",
		(json_int_t)p->verdicts[VERDICT_SKIP], "a_second", rate(p),
		"updated", (json_int_t)time(NULL));

	snprintf(path, sizeof(path), "%s/status.json", p->dir);
	snprintf(part, sizeof(part), "%s/status.json.new", p->dir);
	if (o &&
		(json_dump_file(o, part, JSON_INDENT(2)) || rename(part, path)))
		remove(part);
	json_decref(o);
}

void progress_tell(struct progress *p, const char *state)
{
	uint64_t now = clock_us();

	if (!p->quiet)
		show(p);
	if (!p->dir || (!strcmp(state, PROGRESS_RUNNING) && p->told &&
			       now - p->told < EVERY_US))
		return;
	p->told = now;
	keep(p, state);
}

json_t *progress_read(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/status.json", dir);
	return json_load_file(path, 0, NULL);
}
