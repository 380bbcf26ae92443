/* SPDX-License-Identifier: MIT */
/* lint.c: `quartet lint`: what is wrong with a profile before it runs. */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "lint/lint.h"
#include "lint/rank.h"
#include "profile/rules.h"
#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/lint.txt");

enum { OPTION_SARIF = 300, OPTION_RULES, OPTION_RANKS };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "sarif", no_argument, NULL, OPTION_SARIF },
	{ "rules", no_argument, NULL, OPTION_RULES },
	{ "ranks", no_argument, NULL, OPTION_RANKS },
	{ 0 },
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

static int print_findings(const char *uri, const struct lint *l, int form)
{
	enum lint_level worst = LINT_NOTE;

	for (size_t i = 0; i < l->n; i++)
		if (l->findings[i].level > worst)
			worst = l->findings[i].level;
	if (form == OPTION_JSON)
		lint_print_json(stdout, uri, l);
	else if (form == OPTION_SARIF)
		lint_print_sarif(stdout, uri, l);
	else
		lint_print_text(stdout, uri, l);
	return worst == LINT_NOTE ? EXIT_AS_DECLARED : EXIT_DIFFERS;
}

static bool is_found(const struct lint *l, const struct lint_finding *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->findings[i].rule == f->rule &&
			l->findings[i].line == f->line &&
			l->findings[i].column == f->column &&
			!strcmp(l->findings[i].text, f->text))
			return true;
	return false;
}

/* Adds what is wrong for programs of ARCH and not for the others. */
static void merge(struct lint *l, struct lint *more, uint32_t arch)
{
	const size_t size = sizeof(l->findings) / sizeof(*l->findings);

	l->lost = l->lost || more->lost;
	for (size_t i = 0; i < more->n; i++) {
		const struct lint_finding *f = &more->findings[i];
		struct lint_finding *to = &l->findings[l->n];

		if (is_found(l, f) || !rank_leave_new(&more->findings[i], l))
			continue;
		if (l->n == size) {
			l->lost = true;
			return;
		}
		*to = *f;
		snprintf(to->text, sizeof(to->text), "%s programs: %s",
			calls_arch_name(arch), f->text);
		l->n++;
	}
}

/* The programs of this machine's other architecture, where the profile lists
 * that beside ARCH. 0, or -1 and ERR. */
static int lint_other(const struct profile *p, uint32_t arch, struct lint *l,
	struct profile_error *err)
{
	const uint32_t other = arch == ARCH_NATIVE ? ARCH_COMPAT : ARCH_NATIVE;
	static struct filter bpf;
	static struct lint more;
	unsigned listed = 0;

	for (unsigned i = 0; i < p->narches; i++)
		listed += p->arches[i] == other || p->arches[i] == arch;
	if (listed < 2)
		return 0;
	if (profile_build(p, other, &bpf, err))
		return -1;
	lint_profile(p, &bpf, other, &more);
	merge(l, &more, other);
	return 0;
}

static int lint(const char *name, uint32_t arch, int form)
{
	static struct filter bpf;
	static struct lint found;
	struct profile_error err = { 0 };
	struct profile *p;
	char dir[256];
	int ret;

	ret = profile_shipped(dir, sizeof(dir));
	if (ret)
		return cmd_say_beside("lint", ret);
	p = profile_load(dir, name, &err);
	if (!p || profile_build(p, arch, &bpf, &err)) {
		failure_say("%s", err.text);
		profile_free(p);
		return cmd_profile_code(&err);
	}
	if (p->mode == FILTER_BPF) {
		lint_profile(p, &bpf, arch, &found);
		if (lint_other(p, arch, &found, &err)) {
			failure_say("%s", err.text);
			profile_free(p);
			return EXIT_USAGE;
		}
		ret = print_findings(p->where, &found, form);
	} else {
		ret = cmd_say(
			"lint", EXIT_USAGE, name, "is built in, and no filter");
	}
	profile_free(p);
	return ret;
}

int cmd_lint(int argc, char **argv)
{
	uint32_t arch = ARCH_NATIVE;
	int c, form = 0;

	while ((c = getopt_long(argc, argv, "ha:I:t:", long_options, NULL)) !=
		-1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			break;
		case 'a':
			arch = calls_arch(optarg);
			if (arch != ARCH_NATIVE && arch != ARCH_COMPAT)
				return cmd_say("lint", EXIT_USAGE, optarg,
					"expected x86_64 or x86");
			break;
		case OPTION_RULES:
			print_rules();
			return 0;
		case OPTION_RANKS:
			rank_print_all(stdout);
			return 0;
		case '?':
			return EXIT_USAGE;
		default:
			form = c;
		}
	if (optind + 1 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return lint(argv[optind], arch, form);
}
