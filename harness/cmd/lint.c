/* SPDX-License-Identifier: MIT */
/* lint.c: `quartet lint`: what is wrong with profiles before they run. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "lint/baseline.h"
#include "lint/forecast.h"
#include "lint/lint.h"
#include "lint/programs.h"
#include "lint/rank.h"
#include "lint/report.h"
#include "lint/siblings.h"
#include "profile/rules.h"
#include "cmd/failed.h"
#include "cmd/lint_fix.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/embed.h"
#include "sys/failure.h"
#include "sys/output.h"

EMBED(help, "harness/cmd/lint.txt");

enum {
	OPTION_SARIF = 300,
	OPTION_GITHUB,
	OPTION_RULES,
	OPTION_RANKS,
	OPTION_SIBLINGS,
	OPTION_FORECASTS,
	OPTION_LIBC,
	OPTION_KERNEL,
	OPTION_LEVEL,
	OPTION_IGNORE,
	OPTION_BASELINE,
	OPTION_WRITE_BASELINE,
	OPTION_FIX,
};

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "sarif", no_argument, NULL, OPTION_SARIF },
	{ "github", no_argument, NULL, OPTION_GITHUB },
	{ "rules", no_argument, NULL, OPTION_RULES },
	{ "ranks", no_argument, NULL, OPTION_RANKS },
	{ "siblings", no_argument, NULL, OPTION_SIBLINGS },
	{ "forecasts", no_argument, NULL, OPTION_FORECASTS },
	{ "libc", required_argument, NULL, OPTION_LIBC },
	{ "kernel", required_argument, NULL, OPTION_KERNEL },
	{ "level", required_argument, NULL, OPTION_LEVEL },
	{ "ignore", required_argument, NULL, OPTION_IGNORE },
	{ "baseline", required_argument, NULL, OPTION_BASELINE },
	{ "write-baseline", required_argument, NULL, OPTION_WRITE_BASELINE },
	{ "fix", no_argument, NULL, OPTION_FIX },
	{ "output", required_argument, NULL, 'o' },
	{ 0 },
};

#define IGNORED 64

struct options {
	uint32_t arch;
	enum report_form form;
	enum lint_level level; /* what counts: this, and worse */
	size_t nignored;
	const struct lint_rule *ignored[IGNORED];
	const char *read, *write; /* baselines */
	bool fix;
	const char *output; /* of what is repaired */
	bool has_libc, has_kernel;
	struct forecast_want want;
	struct baseline *known, *found;
};

static void print_rules(void)
{
	for (size_t i = 0; i < lint_nrules; i++)
		printf("%s\t%s\t%s\t%s\n", lint_rules[i].id,
			lint_level_name(lint_rules[i].level),
			lint_rules[i].cell ? lint_rules[i].cell
					   : lint_rules[i].page,
			lint_rules[i].about);
}

static bool is_told(
	const struct options *o, const char *file, const struct lint_finding *f)
{
	for (size_t i = 0; i < o->nignored; i++)
		if (f->rule == o->ignored[i])
			return false;
	return !o->known || !baseline_has(o->known, file, f);
}

/* Takes out what is not to be told. */
static void keep_told(const void *options, const char *file, struct lint *l)
{
	const struct options *o = options;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (is_told(o, file, &l->findings[i]))
			l->findings[n++] = l->findings[i];
	l->n = n;
}

static int take_all(
	const struct options *o, const char *file, const struct lint *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (baseline_add(o->found, file, &l->findings[i]))
			return cmd_say(
				"lint", EXIT_SYSTEM, file, strerror(ENOMEM));
	return EXIT_AS_DECLARED;
}

static int tell(const struct options *o, const char *file, const char *uri,
	struct lint *l, struct report *r)
{
	int ret = EXIT_AS_DECLARED;

	keep_told(o, file, l);
	if (o->found)
		return take_all(o, file, l);
	for (size_t i = 0; i < l->n; i++)
		if (l->findings[i].level >= o->level)
			ret = EXIT_DIFFERS;
	report_add(r, uri, l);
	return ret;
}

static int lint(const struct options *o, const char *dir, const char *name,
	struct report *r)
{
	static struct lint found;
	struct profile_error err = { 0 };
	struct profile *p = profile_load(dir, name, &err);
	int ret;

	if (p && p->mode != FILTER_BPF)
		ret = cmd_say(
			"lint", EXIT_USAGE, name, "is built in, and no filter");
	else if (p && !lint_programs(p, o->arch, &found, &err))
		ret = tell(o, name, p->where, &found, r);
	else {
		failure_say("%s", err.text);
		ret = cmd_profile_code(&err);
	}
	profile_free(p);
	return ret;
}

static void say_unused(const struct options *o, int n, char **names)
{
	size_t unused = 0;

	for (int i = 0; i < n; i++)
		unused += baseline_unused(o->known, names[i]);
	if (unused)
		failure_say("lint: %s: %zu of its lines are found no more",
			o->read, unused);
}

static int write_baseline(const struct options *o)
{
	struct output out;
	int ret = output_open(&out, o->write, NULL);

	if (ret)
		return cmd_say("lint", EXIT_SYSTEM, o->write, strerror(-ret));
	baseline_write(o->found, out.f);
	ret = output_close(&out);
	return ret ? cmd_say("lint", EXIT_SYSTEM, o->write, strerror(-ret)) : 0;
}

/* What could not be had outweighs what was found. */
static int lint_all(const struct options *o, int n, char **names)
{
	int code = EXIT_AS_DECLARED, ret;
	struct report r;
	char dir[256];

	ret = profile_shipped(dir, sizeof(dir));
	if (ret)
		return cmd_say_beside("lint", ret);
	report_begin(&r, stdout, o->form);
	for (int i = 0; i < n; i++) {
		ret = lint(o, dir, names[i], &r);
		if (ret > code)
			code = ret;
	}
	if (o->found)
		return code ? code : write_baseline(o);
	report_end(&r);
	if (o->known)
		say_unused(o, n, names);
	return code;
}

static int fix_one(const struct options *o, int n, char **names)
{
	const struct lint_fix how = { o->arch, o->level, o->output, keep_told,
		o };
	char dir[256];
	int ret;

	if (n != 1 || o->write)
		return cmd_say("lint", EXIT_USAGE, "--fix",
			"expected one PROFILE and no --write-baseline");
	ret = cmd_check_output("lint", o->output);
	if (ret)
		return ret;
	ret = profile_shipped(dir, sizeof(dir));
	return ret ? cmd_say_beside("lint", ret)
		   : lint_fix(&how, dir, names[0]);
}

/* What is there is overwritten where it is a baseline. */
static int begin_write(struct options *o)
{
	const char *why = NULL;
	size_t size = 0;
	char *text = NULL;
	int ret;

	ret = cmd_check_output("lint", o->write);
	if (ret)
		return ret;
	if (!access(o->write, F_OK))
		text = profile_read_file(o->write, &size, &why);
	if (text && size && !baseline_is(text, size))
		ret = cmd_say("lint", EXIT_USAGE, o->write,
			"is there, and no baseline");
	free(text);
	o->found = baseline_new();
	if (!ret && !o->found)
		ret = cmd_say(
			"lint", EXIT_SYSTEM, "baseline", strerror(ENOMEM));
	return ret;
}

static int begin_read(struct options *o)
{
	const char *why;
	size_t size;
	char *text = profile_read_file(o->read, &size, &why);
	int ret;

	if (!text)
		return cmd_say("lint", EXIT_USAGE, o->read, why);
	o->known = baseline_new();
	ret = o->known ? baseline_read(o->known, text, size) : -ENOMEM;
	free(text);
	if (ret > 0)
		failure_say("lint: %s:%d: expected what --write-baseline "
			    "writes: profile, rule, architecture and call, a "
			    "tab between",
			o->read, ret);
	return ret < 0 ? cmd_say("lint", EXIT_SYSTEM, o->read, strerror(-ret))
	       : ret   ? EXIT_USAGE
		       : 0;
}

static int ignore(struct options *o, const char *id)
{
	const struct lint_rule *rule = lint_rule(id);
	char all[1024];
	size_t n = 0;

	if (rule && o->nignored < IGNORED) {
		o->ignored[o->nignored++] = rule;
		return 0;
	}
	if (rule)
		return cmd_say("lint", EXIT_USAGE, id, "more than 64 --ignore");
	n += (size_t)snprintf(all, sizeof(all), "no such rule; there are");
	for (size_t i = 0; i < lint_nrules && n < sizeof(all); i++)
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s %s",
			i ? "," : "", lint_rules[i].id);
	return cmd_say("lint", EXIT_USAGE, id, all);
}

static int take_arch(struct options *o, const char *name)
{
	o->arch = calls_arch(name);
	return o->arch == ARCH_NATIVE || o->arch == ARCH_COMPAT
		       ? 0
		       : cmd_say("lint", EXIT_USAGE, name,
				 "expected x86_64 or x86");
}

static int take_level(struct options *o, const char *name)
{
	return lint_level(name, &o->level)
		       ? 0
		       : cmd_say("lint", EXIT_USAGE, name,
				 "expected error, warning or note");
}

static int take_libc(struct options *o, const char *name)
{
	o->has_libc = true;
	return forecast_libc(name, &o->want)
		       ? 0
		       : cmd_say("lint", EXIT_USAGE, name,
				 "expected a libc as glibc-2.43 or musl-1.2.5");
}

static int take_kernel(struct options *o, const char *name)
{
	o->has_kernel = true;
	return forecast_kernel(name, &o->want)
		       ? 0
		       : cmd_say("lint", EXIT_USAGE, name,
				 "expected a kernel's release as 6.12");
}

/* 0, an exit code, or -1: it was all that is wanted. */
static int take_option(struct options *o, int c)
{
	switch (c) {
	case 'h':
		fputs(help, stdout);
		return -1;
	case 'I':
	case 't':
		return options_profile(c, optarg) ? EXIT_USAGE : 0;
	case 'a':
		return take_arch(o, optarg);
	case OPTION_LIBC:
		return take_libc(o, optarg);
	case OPTION_KERNEL:
		return take_kernel(o, optarg);
	case OPTION_LEVEL:
		return take_level(o, optarg);
	case OPTION_IGNORE:
		return ignore(o, optarg);
	case OPTION_BASELINE:
		o->read = optarg;
		return 0;
	case OPTION_WRITE_BASELINE:
		o->write = optarg;
		return 0;
	case OPTION_FIX:
		o->fix = true;
		return 0;
	case 'o':
		o->output = optarg;
		return 0;
	case OPTION_JSON:
		o->form = REPORT_JSON;
		return 0;
	case OPTION_SARIF:
		o->form = REPORT_SARIF;
		return 0;
	case OPTION_GITHUB:
		o->form = REPORT_GITHUB;
		return 0;
	case OPTION_RULES:
		print_rules();
		return -1;
	case OPTION_RANKS:
		rank_print_all(stdout);
		return -1;
	case OPTION_SIBLINGS:
		sibling_print_all(stdout);
		return -1;
	case OPTION_FORECASTS:
		forecast_print_all(stdout);
		return -1;
	}
	return EXIT_USAGE;
}

int cmd_lint(int argc, char **argv)
{
	struct options o = { .arch = ARCH_NATIVE,
		.level = LINT_WARNING,
		.want.kernel = FORECAST_NEWEST };
	int c, ret = 0;

	while (!ret && (c = getopt_long(argc, argv, "ha:I:t:o:", long_options,
				NULL)) != -1)
		ret = take_option(&o, c);
	if (ret)
		return ret < 0 ? 0 : ret;
	if (optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	if (o.has_kernel && !o.has_libc)
		return cmd_say("lint", EXIT_USAGE, "--kernel",
			"say which --libc makes calls there");
	forecast_for(o.has_libc ? &o.want : NULL);
	if (o.read)
		ret = begin_read(&o);
	if (!ret && o.write)
		ret = begin_write(&o);
	if (!ret && o.output && !o.fix)
		ret = cmd_say("lint", EXIT_USAGE, "-o", "expected --fix, too");
	else if (!ret && o.fix)
		ret = fix_one(&o, argc - optind, argv + optind);
	else if (!ret)
		ret = lint_all(&o, argc - optind, argv + optind);
	baseline_free(o.known);
	baseline_free(o.found);
	return ret;
}
