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
#include "cmd/run.h"
#include "cmd/state.h"
#include "suite/about.h"
#include "suite/kernel.h"
#include "suite/needs.h"
#include "suite/record.h"
#include "suite/report.h"
#include "suite/run.h"
#include "suite/worker.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/run.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "shard", required_argument, NULL, OPTION_SHARD },
	{ "resume", no_argument, NULL, OPTION_RESUME },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "repeat", required_argument, NULL, OPTION_REPEAT },
	{ "known", required_argument, NULL, OPTION_KNOWN },
	{ "outer-filter", no_argument, NULL, OPTION_OUTER },
	{ 0 },
};

struct args {
	struct selection sel;
	struct run_options run;
	const char *results;
	const char *known; /* a file of failures */
	long repeat;
	bool resume;
	bool selects; /* which cells, and how often: not what it was before */
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
		a->selects = a->selects || taken || c == OPTION_REPEAT;
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
		case OPTION_KNOWN:
			a->known = optarg;
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
	a->selects = a->selects || optind < argc;
	return options_patterns(&a->sel, argc - optind, argv + optind)
		       ? EXIT_USAGE + 1
		       : 0;
}

static int exit_code(const size_t *verdicts)
{
	if (verdicts[VERDICT_BROKEN] || verdicts[VERDICT_MISSING])
		return EXIT_BROKEN;
	return verdicts[VERDICT_FAIL] ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

static int refuse(const char *dir, const char *why)
{
	failure_say("run: %s cannot be resumed: %s", dir, why);
	return EXIT_USAGE;
}

bool run_was_asked(const json_t *about, struct selection *sel, long *repeat)
{
	static char *words[512];
	struct args asked = { 0 };
	json_t *args = json_object_get(about, "args"), *word;
	size_t i, n = 0;

	if (!json_is_array(args) || json_array_size(args) > 500)
		return false;
	json_array_foreach(args, i, word)
	{
		words[n] = (char *)json_string_value(word);
		if (words[n++] == NULL)
			return false;
	}
	words[n] = NULL;
	optind = 0;
	if (parse((int)n, words, &asked))
		return false;
	*sel = asked.sel;
	needs_select(sel);
	*repeat = asked.repeat > 1 ? asked.repeat : 1;
	return true;
}

/* What the newest run was asked for, unless that is said again. *THEN is what
 * stands in its run.json, and holds the words. */
static int ask_as_before(struct args *a, struct record *record, json_t **then)
{
	struct selection sel;
	long repeat;
	int ret = record_newest(record, a->results);

	if (ret == -ENOENT) {
		failure_say("run: %s has no run to go on with: this is a "
			    "new one",
			a->results);
		a->resume = false;
		return 0;
	}
	if (ret)
		return EXIT_SYSTEM;
	*then = about_read(record->dir);
	if (!run_was_asked(*then, &sel, &repeat))
		return refuse(record->dir, "run.json does not tell of it");
	if (a->selects)
		return 0;
	a->sel = sel;
	a->repeat = repeat;
	return 0;
}

/* It goes on as it began, or not at all. */
static int check_same(const struct record *record, const json_t *then,
	const struct suite *s, int argc, char **argv)
{
	json_t *now = about_make(s, argc, argv);
	char why[400];
	bool same = about_same(then, now, why, sizeof(why));

	json_decref(now);
	return same ? 0 : refuse(record->dir, why);
}

static int out_of_memory(void)
{
	failure_say("run: %s", strerror(ENOMEM));
	return EXIT_SYSTEM;
}

static int select_cells(struct suite *s, struct args *a)
{
	int ret = suite_load(s);

	needs_select(&a->sel);
	if (!ret)
		ret = suite_select(s, &a->sel);
	if (!ret && soon_order(s))
		ret = out_of_memory();
	if (!ret && a->repeat > 1 && suite_repeat(s, (size_t)a->repeat))
		ret = EXIT_SYSTEM;
	return ret;
}

/* Whether the answers are of this run's cells, all of them, as they end. */
static bool can_tell_soon(const struct args *a)
{
	return !a->brief && !a->run.json && !a->sel.npatterns &&
	       !a->sel.nprofiles && !a->resume && !a->known && a->repeat <= 1;
}

static int report(const struct args *a, const struct record *record)
{
	if (a->run.json)
		return 0;
	if (a->run.soon)
		return report_rest(record->dir, soon_end(a->run.soon), stdout);
	return report_print(record->dir, stdout, a->brief || a->sel.npatterns);
}

static int run_recorded(struct suite *s, struct args *a, struct record *record)
{
	size_t verdicts[VERDICT_MISSING + 1];
	struct run_totals totals;
	int ret;

	if (can_tell_soon(a)) {
		a->run.soon = soon_begin(record->dir, s, stdout);
		if (!a->run.soon)
			return out_of_memory();
	}
	ret = run_cells(s, record, &a->run, &totals);

	record_close(record);
	if (ret)
		return EXIT_SYSTEM;
	if (totals.interrupted)
		failure_say("interrupted; `quartet run --resume` goes "
			    "on");
	if (report(a, record))
		return EXIT_SYSTEM;
	return record_totals(record->dir, verdicts) ? EXIT_SYSTEM
						    : exit_code(verdicts);
}

/* The run keeps what it was given: whoever reads it, reads that too. */
static int keep_known(const struct args *a, const struct record *record)
{
	struct known k;
	int ret = a->known ? known_read(&k, a->known) : 0;

	if (!a->known)
		return 0;
	if (!ret)
		ret = known_keep(&k, record->dir);
	known_free(&k);
	return ret;
}

static int run_asked(struct args *a, int argc, char **argv)
{
	struct failure failure;
	struct record record;
	json_t *then = NULL;
	struct suite s;
	int ret = a->resume ? ask_as_before(a, &record, &then) : 0;

	if (!ret)
		ret = select_cells(&s, a);
	if (!ret && s.kernel->prepare)
		ret = s.kernel->prepare();
	if (!ret && preflight(a->outer, &failure))
		ret = cmd_failed("run", &failure);
	if (!ret && a->resume)
		ret = check_same(&record, then, &s, argc, argv);
	if (!ret &&
		(a->resume ? record_go_on(&record)
			   : record_open(&record, a->results, &s, argc, argv)))
		ret = EXIT_SYSTEM;
	if (!ret && keep_known(a, &record))
		ret = EXIT_SYSTEM;
	if (!ret && a->resume && record_find_done(record.dir, &s, &a->run.done))
		ret = EXIT_SYSTEM;
	if (!ret)
		ret = run_recorded(&s, a, &record);
	json_decref(then);
	return ret;
}

int cmd_run(int argc, char **argv)
{
	static struct args a;
	int ret;

	a.results = state_path("results", "");
	/* A cell that hangs unproven only waits: others fill the time. */
	a.run.jobs = 4 * (int)sysconf(_SC_NPROCESSORS_ONLN);
	a.run.jobs = a.run.jobs > WORKERS_MAX ? WORKERS_MAX : a.run.jobs;
	ret = parse(argc, argv, &a);
	if (ret)
		return ret - 1;
	if (a.known && options_known(a.known))
		return EXIT_USAGE;
	a.brief = a.run.quiet;
	a.run.quiet = a.brief || !isatty(2);
	return run_asked(&a, argc, argv);
}
