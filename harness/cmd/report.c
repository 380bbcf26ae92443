/* SPDX-License-Identifier: MIT */
/* report.c: `quartet report`: a recorded run, as text or as a page. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/state.h"
#include "suite/page.h"
#include "suite/record.h"
#include "suite/report.h"
#include "suite/written.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/report.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "html", no_argument, NULL, OPTION_HTML },
	{ "answers", no_argument, NULL, OPTION_ANSWERS },
	{ "with", required_argument, NULL, OPTION_WITH },
	{ "fuzz", required_argument, NULL, OPTION_FUZZ },
	{ "known", required_argument, NULL, OPTION_KNOWN },
	{ 0 },
};

struct args {
	struct page page; /* and the run, of a report as text */
	const char *output;
	bool html, answers;
};

static int too_many(const char *what, size_t n)
{
	failure_say("report: more than %zu %s", n, what);
	return EXIT_USAGE + 1;
}

static bool fits(const struct args *a)
{
	if (a->html)
		return a->output && !a->answers;
	return !a->output && !a->page.ntexts && !a->page.nfuzz &&
	       a->page.nruns <= (a->answers ? 2 : 1);
}

/* 0, or the exit code plus one. */
static int parse(int argc, char **argv, struct args *a)
{
	int c;

	while ((c = getopt_long(argc, argv, "ho:", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 1;
		} else if (c == OPTION_HTML) {
			a->html = true;
		} else if (c == OPTION_ANSWERS) {
			a->answers = true;
		} else if (c == 'o') {
			a->output = optarg;
		} else if (c == OPTION_KNOWN) {
			if (options_known(optarg))
				return EXIT_USAGE + 1;
		} else if (c == OPTION_FUZZ) {
			if (a->page.nfuzz == PAGE_FUZZ)
				return too_many("--fuzz", PAGE_FUZZ);
			a->page.fuzz[a->page.nfuzz++] = optarg;
		} else if (c != OPTION_WITH) {
			return EXIT_USAGE + 1;
		} else if (a->page.ntexts == PAGE_TEXTS) {
			return too_many("--with", PAGE_TEXTS);
		} else {
			a->page.texts[a->page.ntexts++] = optarg;
		}
	}
	for (; optind < argc; optind++) {
		if (a->page.nruns == PAGE_RUNS)
			return too_many("runs", PAGE_RUNS);
		a->page.runs[a->page.nruns++] = argv[optind];
	}
	if (!a->page.nruns)
		a->page.runs[a->page.nruns++] =
			state_path("results/latest", "latest");
	if (fits(a))
		return 0;
	if (a->html && !a->output) {
		failure_say("report: --html needs -o FILE, where the page "
			    "goes");
		return EXIT_USAGE + 1;
	}
	fputs(help, stderr);
	return EXIT_USAGE + 1;
}

static int write_html(const struct args *a)
{
	int ret = cmd_check_output("report", a->output);
	struct suite s;
	FILE *out;

	if (!ret)
		ret = suite_load(&s);
	if (ret)
		return ret;
	out = fopen(a->output, "we");
	if (!out)
		return cmd_say(
			"report", EXIT_SYSTEM, a->output, strerror(errno));
	ret = page_write(&a->page, &s, out);
	if (fclose(out) && !ret)
		ret = cmd_say(
			"report", EXIT_SYSTEM, a->output, strerror(errno));
	if (ret)
		remove(a->output);
	return ret ? EXIT_SYSTEM : 0;
}

static int print_answers(const struct args *a)
{
	const char *less = a->page.nruns > 1 ? a->page.runs[1] : NULL;
	struct suite s;
	int ret = suite_load_declared(&s);

	if (ret)
		return ret;
	return written_print(a->page.runs[0], less, &s, stdout) ? EXIT_SYSTEM
								: 0;
}

static int print_text(const char *dir)
{
	size_t verdicts[VERDICT_MISSING + 1];

	if (report_print(dir, stdout, false) || record_totals(dir, verdicts))
		return EXIT_SYSTEM;
	if (verdicts[VERDICT_BROKEN] || verdicts[VERDICT_MISSING])
		return EXIT_BROKEN;
	return verdicts[VERDICT_FAIL] ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

int cmd_report(int argc, char **argv)
{
	static struct args a;
	int ret = parse(argc, argv, &a);

	if (ret)
		return ret - 1;
	if (a.answers)
		return print_answers(&a);
	return a.html ? write_html(&a) : print_text(a.page.runs[0]);
}
