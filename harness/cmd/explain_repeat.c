/* SPDX-License-Identifier: MIT */
/* explain_repeat.c: `quartet explain --repeat`: many runs, and their union. */
#include "cmd/explain_repeat.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/failure.h"
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
	else if (!ret && (r.silent || r.unready))
		ret = EXIT_BROKEN;
	repeated_free(&r);
	return ret;
}

int cmd_take_repeat(int c, struct repeat_plan *p)
{
	long *number;

	switch (c) {
	case OPTION_REPEAT:
		number = &p->runs;
		*number = options_number("--repeat", optarg, 1, 100000000);
		break;
	case OPTION_UNTIL_NEW:
		number = &p->until_new;
		*number = options_number("--until-new", optarg, 1, 100000000);
		break;
	case 'j':
		number = &p->jobs;
		*number = options_number("-j", optarg, 1, REPEAT_JOBS);
		break;
	case 'C':
		p->copy = optarg;
		return 1;
	case 'K':
		p->keep = optarg;
		return 1;
	default:
		return 0;
	}
	return *number < 0 ? -1 : 1;
}

int cmd_check_repeat(struct repeat_plan *p, bool untraced, bool verbose)
{
	if (!p->runs && (p->until_new || p->jobs || p->copy || p->keep)) {
		failure_say("explain: -j, --until-new, --copy and --keep are "
			    "for --repeat");
		return -1;
	}
	if (p->runs && (untraced || verbose)) {
		failure_say("explain: --repeat: neither --untraced nor -v");
		return -1;
	}
	if (!p->jobs)
		p->jobs = 1;
	return 0;
}
