/* SPDX-License-Identifier: MIT */
/* explain_repeat.c: `quartet explain --repeat`: many runs, and their union. */
#include "cmd/explain_repeat.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "sys/output.h"

static int report(const struct repeat_plan *p, const struct repeated *r,
	const char *file, bool json)
{
	const char *name = file ? file : "stderr";
	struct output to;
	int ret = output_open(&to, file, stderr), late;

	if (ret)
		return cmd_say("explain", EXIT_SYSTEM, name, strerror(-ret));
	if (!json)
		repeated_print(p, r, to.f);
	else if (repeated_json(p, r, to.f))
		ret = -EIO;
	late = output_close(&to);
	ret = ret ? ret : late;
	return ret ? cmd_say("explain", EXIT_SYSTEM, name, strerror(-ret)) : 0;
}

static void show(const struct repeated *r)
{
	fprintf(stderr, "\r%ld runs, %ld of them were refused something ",
		r->runs, r->refused);
}

int cmd_explain_repeat(struct repeat_plan *p, const char *file, bool json)
{
	struct repeated r;
	struct failure failure;
	bool terminal = isatty(STDERR_FILENO);
	int ret;

	if (terminal)
		p->progress = show;
	ret = repeat_run(p, &r, &failure);
	if (terminal)
		fputc('\n', stderr);
	ret = ret ? cmd_failed("explain", &failure) : report(p, &r, file, json);
	if (!ret && (r.stopped || !r.runs))
		ret = EXIT_BROKEN;
	else if (!ret && (r.refused || r.hung))
		ret = EXIT_DIFFERS;
	else if (!ret && r.silent)
		ret = EXIT_BROKEN;
	repeated_free(&r);
	return ret;
}
