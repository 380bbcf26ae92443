/* SPDX-License-Identifier: MIT */
/* explain.c: `quartet explain`: what a filter refuses a real program. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/compare.h"
#include "explain/io.h"
#include "explain/moment.h"
#include "explain/pid.h"
#include "explain/report.h"
#include "cmd/drive.h"
#include "cmd/explain_repeat.h"
#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/output.h"
#include "sys/text.h"
#include "sys/embed.h"
#include "sys/failure.h"
#include "sys/inherit.h"

EMBED(help, "harness/cmd/explain.txt");

static const struct option long_options[] = {
	{ "arm", required_argument, NULL, 'a' },
	{ "help", no_argument, NULL, 'h' },
	{ "pid", required_argument, NULL, 'P' },
	DRIVE_OPTIONS,
	{ "copy", required_argument, NULL, 'C' },
	{ "keep", required_argument, NULL, 'K' },
	{ "repeat", required_argument, NULL, OPTION_REPEAT },
	{ "until-new", required_argument, NULL, OPTION_UNTIL_NEW },
	{ "timeout", required_argument, NULL, 'T' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "untraced", no_argument, NULL, 'u' },
	{ 0 },
};

struct asked {
	const char *profile;
	const char *arm; /* as it was typed */
	struct explain_moment moment;
	const char *file; /* of the report; NULL: stderr */
	long pid;	  /* 0: a command */
	long timeout;	  /* seconds; 0: none */
	bool json, verbose, untraced;
	struct explain_drive drive; /* .cmd NULL: no daemon */
	struct repeat_plan repeat;  /* .runs 0: not asked for */
};

static int report(const struct asked *asked, const struct explained *e)
{
	const char *name = asked->file ? asked->file : "stderr";
	struct output to;
	int ret = output_open(&to, asked->file, stderr), late;

	if (ret)
		return cmd_say("explain", EXIT_SYSTEM, name, strerror(-ret));
	if (asked->json)
		ret = explain_json(e, to.f) ? -EIO : 0;
	else
		ret = explain_print(e, to.f, asked->verbose);
	late = output_close(&to);
	ret = ret ? ret : late;
	return ret ? cmd_say("explain", EXIT_SYSTEM, name, strerror(-ret)) : 0;
}

/* Where nothing was refused, or may have been logged, there is nothing to tell
 * of; who is not traced does not tell. */
static bool goes_on(const struct explain_plan *plan, const struct explained *e)
{
	return e->real.armed && !e->real.broken[0] && !explain_stopped() &&
	       (plan->untraced || e->real.places.calls || e->real.logs ||
		       !e->real.ended);
}

/* It takes its time: each call stops. */
static int ask_others(
	const struct explain_plan *plan, struct explained *e, struct failure *f)
{
	struct explain_plan again = *plan;

	again.answers = again.hidden = true;
	if (!again.timeout)
		again.timeout = 10000 + (long)(e->real.us / 1000) * 20;
	return explain_run(&again, EXPLAIN_REAL, &e->others, f);
}

/* The passes. 0, or -1 and F tells. */
static int run(
	const struct explain_plan *plan, struct explained *e, struct failure *f)
{
	int ret = explain_run(plan, EXPLAIN_REAL, &e->real, f);

	if (!ret && goes_on(plan, e)) {
		/* Whoever watches sees it run, and not what it writes. */
		if (isatty(STDERR_FILENO))
			fputs("quartet: once more, with each refused call let "
			      "through\n",
				stderr);
		ret = explain_run(plan, EXPLAIN_LET, &e->let, f);
	} else if (!ret && explain_asks_others(e))
		ret = ask_others(plan, e, f);
	if (ret)
		return ret;
	if (e->real.broken[0] || e->let.broken[0])
		return failure_set(f, FAILURE_EVIDENCE, "%s",
			e->real.broken[0] ? e->real.broken : e->let.broken);
	return e->let.out < 0 ? 0 : explain_compare(plan, e, f);
}

/* Descriptors that are not in each run as they were in the first. */
static void tell_spent(const struct explain_stdio *our, char *text, size_t size)
{
	struct text t = text_in(text, size);
	const char *kind = inherit_kind(0);

	if (our->kind == INPUT_AS_IS && kind)
		text_put(&t, "0 (%s)", kind);
	inherit_spent(&t, t.n ? ", " : "");
	text_mark_cut(&t);
}

static int repeat(const struct asked *asked, struct explain_plan *plan,
	struct explained *about)
{
	struct repeat_plan p = asked->repeat;
	char path[8200], *home = NULL;
	int ret;

	p.plan = plan;
	p.about = about;
	/* It is looked for from here, and runs elsewhere. */
	if (p.copy && plan->path[0] != '/' && (home = getcwd(NULL, 0))) {
		snprintf(path, sizeof(path), "%s/%s", home, plan->path);
		plan->path = path;
	}
	ret = cmd_explain_repeat(&p, asked->file, asked->json);
	free(home);
	stack_close(plan->stacks);
	return ret;
}

static int explain(
	const struct asked *asked, char **argv, const struct profile *profile)
{
	static struct explained e;
	struct explain_stdio our;
	struct failure failure;
	char path[4096], command[200], name[200], when[200];
	struct explain_plan plan = { .profile = profile,
		.argv = argv,
		.path = path,
		.stdio = &our,
		.moment = &asked->moment,
		.drive = drive_asked(&asked->drive),
		.timeout = asked->timeout * 1000,
		.untraced = asked->untraced };
	int ret;

	ret = cmd_check_output("explain", asked->file);
	if (ret)
		return ret;
	if (explain_find(argv[0], path, sizeof(path), &failure))
		return cmd_failed("explain", &failure);
	plan.stacks = stack_open();
	if (!plan.stacks)
		return cmd_say(
			"explain", EXIT_SYSTEM, "stacks", strerror(ENOMEM));
	ret = explain_stdio_open(&our);
	if (ret)
		return cmd_say_input("explain", ret);
	text_command(argv, command, sizeof(command));
	text_show(profile_name(profile), name, sizeof(name));
	text_show(asked->arm, when, sizeof(when));
	e = (struct explained){ .command = command,
		.argv = argv,
		.profile = name,
		.when = when,
		.drive = asked->drive.cmd,
		.untraced = asked->untraced,
		.real.out = -1,
		.real.err = -1,
		.let.out = -1,
		.let.err = -1,
		.others.out = -1,
		.others.err = -1 };
	tell_spent(&our, e.spent, sizeof(e.spent));
	if (asked->repeat.runs)
		return repeat(asked, &plan, &e);
	if (run(&plan, &e, &failure))
		ret = cmd_failed("explain", &failure);
	if (!ret)
		ret = report(asked, &e);
	if (!ret && our.lost)
		ret = cmd_say("explain", EXIT_SYSTEM,
			"what the command wrote was lost", strerror(-our.lost));
	/* Who was not traced tells nothing, if it did not run again; nor does
	 * all that was not seen since we were asked to end. */
	if (!ret && (!e.real.armed || explain_stopped() ||
			    (e.untraced && e.let.out < 0) ||
			    (plan.drive && !e.real.driven.ran &&
				    !e.real.places.calls)))
		ret = EXIT_BROKEN;
	else if (!ret && (e.real.places.calls || e.let.places.calls ||
				 (e.real.hang && !e.real.hang->busy)))
		ret = EXIT_DIFFERS;
	explain_seen_free(&e.real);
	explain_seen_free(&e.let);
	explain_seen_free(&e.others);
	stack_close(plan.stacks);
	return ret;
}

static int check(struct asked *asked)
{
	struct failure failure;

	if (cmd_check_repeat(&asked->repeat, asked->untraced, asked->verbose) ||
		drive_check(&asked->drive, "explain"))
		return EXIT_USAGE;
	if (asked->drive.cmd && asked->untraced) {
		failure_say("explain: --drive: no --untraced");
		return EXIT_USAGE;
	}
	asked->repeat.jobs =
		drive_jobs(&asked->drive, asked->repeat.jobs, "explain");
	if (explain_moment_parse(asked->arm, &asked->moment, &failure))
		return cmd_failed("explain", &failure);
	if (asked->moment.when == WHEN_SELF && asked->untraced) {
		failure_say("explain: --arm self: what it loads "
			    "is seen by tracing it: no --untraced");
		return EXIT_USAGE;
	}
	if (asked->moment.when == WHEN_SELF && asked->profile) {
		failure_say("explain: --arm self: the program "
			    "brings its own filter: no -p");
		return EXIT_USAGE;
	}
	if (asked->drive.cmd && !asked->timeout)
		asked->timeout = DRIVE_TIMEOUT;
	if (!asked->profile)
		asked->profile =
			asked->moment.when == WHEN_SELF ? "none" : "four";
	return -1;
}

/* -1: go on; else an exit code. */
static int take_options(int argc, char **argv, struct asked *asked)
{
	int c, taken;

	while ((c = getopt_long(argc, argv, "+hvj:p:o:I:t:", long_options,
			NULL)) != -1) {
		taken = cmd_take_repeat(c, &asked->repeat);
		if (!taken)
			taken = drive_take(&asked->drive, c, optarg);
		if (taken < 0)
			return EXIT_USAGE;
		if (taken)
			continue;
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'v':
			asked->verbose = true;
			break;
		case 'a':
			asked->arm = optarg;
			break;
		case 'T':
			asked->timeout =
				options_number("--timeout", optarg, 1, 1000000);
			if (asked->timeout < 0)
				return EXIT_USAGE;
			break;
		case 'P':
			asked->pid =
				options_number("--pid", optarg, 1, 1L << 22);
			if (asked->pid < 0)
				return EXIT_USAGE;
			break;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			break;
		case 'p':
			asked->profile = optarg;
			break;
		case 'u':
			asked->untraced = true;
			break;
		case 'o':
			asked->file = optarg;
			break;
		case OPTION_JSON:
			asked->json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	}
	if (asked->pid && optind == argc)
		return cmd_check_repeat(
			       &asked->repeat, asked->untraced, asked->verbose)
			       ? EXIT_USAGE
			       : -1;
	if (optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return check(asked);
}

static int look_at_process(const struct asked *asked)
{
	const char *name = asked->file ? asked->file : "stdout";
	struct failure failure;
	struct output to;
	int ret = output_open(&to, asked->file, stdout), late;

	if (ret)
		return cmd_say("explain", EXIT_SYSTEM, name, strerror(-ret));
	ret = explain_pid((pid_t)asked->pid, asked->json, to.f, &failure);
	if (ret < 0)
		ret = cmd_failed("explain", &failure);
	else if (ret)
		ret = EXIT_DIFFERS;
	late = output_close(&to);
	return late ? cmd_say("explain", EXIT_SYSTEM, name, strerror(-late))
		    : ret;
}

int cmd_explain(int argc, char **argv)
{
	struct asked asked = { .arm = "exec", .drive.stop = SIGTERM };
	struct profile *profile;
	int ret = take_options(argc, argv, &asked);

	if (ret >= 0)
		return ret;
	if (asked.pid)
		return look_at_process(&asked);
	ret = cmd_load("explain", asked.profile, &profile);
	if (ret)
		return ret;
	ret = explain(&asked, argv + optind, profile);
	profile_free(profile);
	return ret;
}
