/* SPDX-License-Identifier: MIT */
/* run.c: `quartet run`: cells in, records and a summary out. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "sys/preflight.h"
#include "cmd/quartet.h"
#include "suite/report.h"
#include "suite/run.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/run.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "shard", required_argument, NULL, OPTION_SHARD },
	{ "resume", no_argument, NULL, OPTION_RESUME },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "repeat", required_argument, NULL, OPTION_REPEAT },
	{ "outer-filter", no_argument, NULL, OPTION_OUTER },
	{ 0 },
};

struct args {
	struct selection sel;
	struct run_options run;
	const char *results;
	long repeat;
	bool resume;
	bool outer;
	bool brief;
};

/* 0, or the exit code plus one. */
static int parse(int argc, char **argv, struct args *a)
{
	int c, taken;
	long n;

	while ((c = getopt_long(argc, argv, "hj:o:qv" OPTIONS_SELECT_SHORT,
			long_options, NULL)) != -1) {
		taken = options_select(&a->sel, c, optarg);
		if (taken < 0)
			return EXIT_USAGE + 1;
		if (taken)
			continue;
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 1;
		case 'j':
			n = options_number("-j", optarg, 1, 64);
			if (n < 0)
				return EXIT_USAGE + 1;
			a->run.jobs = (int)n;
			break;
		case 'o':
			a->results = optarg;
			break;
		case 'q':
			a->run.quiet = true;
			break;
		case 'v':
			a->run.verbose = true;
			break;
		case OPTION_REPEAT:
			a->repeat =
				options_number("--repeat", optarg, 1, 100000);
			if (a->repeat < 0)
				return EXIT_USAGE + 1;
			break;
		case OPTION_RESUME:
			a->resume = true;
			break;
		case OPTION_OUTER:
			a->outer = true;
			break;
		case OPTION_JSON:
			a->run.json = true;
			break;
		default:
			return EXIT_USAGE + 1;
		}
	}
	if (a->resume && a->repeat > 1) {
		fprintf(stderr,
			"quartet: run: --resume and --repeat: a run with "
			"repetitions cannot be resumed\n");
		return EXIT_USAGE + 1;
	}
	return options_patterns(&a->sel, argc - optind, argv + optind)
		       ? EXIT_USAGE + 1
		       : 0;
}

static int exit_code(const struct run_totals *t)
{
	if (t->verdicts[VERDICT_BROKEN] || t->verdicts[VERDICT_MISSING])
		return EXIT_BROKEN;
	return t->verdicts[VERDICT_FAIL] ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

static int run_recorded(struct suite *s, struct args *a, int argc, char **argv)
{
	struct run_totals totals;
	struct record record;

	if (record_open(&record, a->results, a->resume, s, argc, argv))
		return EXIT_SYSTEM;
	if (a->resume && record_find_done(record.dir, s, &a->run.done))
		return EXIT_SYSTEM;
	if (run_cells(s, &record, &a->run, &totals))
		return EXIT_SYSTEM;
	record_close(&record);
	if (totals.interrupted)
		fprintf(stderr,
			"quartet: interrupted; `quartet run --resume` goes "
			"on\n");
	if (!a->run.json && report_print(record.dir, stdout, a->brief))
		return EXIT_SYSTEM;
	return exit_code(&totals);
}

int cmd_run(int argc, char **argv)
{
	static struct args a;
	struct suite s;
	struct failure failure;
	int ret;

	a.results = "results";
	/* A cell that hangs unproven only waits: others fill the time. */
	a.run.jobs = 4 * (int)sysconf(_SC_NPROCESSORS_ONLN);
	a.run.jobs = a.run.jobs > 64 ? 64 : a.run.jobs;
	ret = parse(argc, argv, &a);
	if (ret)
		return ret - 1;
	a.brief = a.run.quiet;
	a.run.quiet = a.brief || !isatty(2);
	ret = suite_load(&s);
	if (!ret)
		ret = suite_select(&s, &a.sel);
	if (!ret && a.repeat > 1 && suite_repeat(&s, (size_t)a.repeat))
		ret = EXIT_SYSTEM;
	if (!ret && preflight(a.outer, &failure))
		ret = cmd_failed("run", &failure);
	return ret ? ret : run_recorded(&s, &a, argc, argv);
}
