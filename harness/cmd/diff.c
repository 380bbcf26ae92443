/* SPDX-License-Identifier: MIT */
/* diff.c: `quartet diff`: what changed between two profiles, runs or campaigns.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/diff.h"
#include "cmd/diff_campaigns.h"
#include "cmd/diff_runs.h"
#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/ways.h"
#include "profile/profile.h"
#include "profile/rules.h"
#include "session/campaign.h"
#include "sys/arch.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/diff.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "known", required_argument, NULL, OPTION_KNOWN },
	{ "across-kernels", no_argument, NULL, 'k' },
	{ 0 },
};

/* No filter lets all pass. */
static void fill_none(struct filter *bpf)
{
	bpf->mode = FILTER_BPF;
	bpf->ninsns = 1;
	bpf->insns[0] = (struct sock_filter)BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
}

static bool is_folder(const char *name)
{
	struct stat st;

	return !stat(name, &st) && S_ISDIR(st.st_mode);
}

/* 0 or an exit code. */
static int build(
	const char *dir, const char *name, uint32_t arch, struct filter *bpf)
{
	struct profile_error err = { 0 };
	struct profile *p;
	int ret = EXIT_AS_DECLARED;

	if (is_folder(name))
		return cmd_say("diff", EXIT_USAGE, name,
			diff_is_run(name)   ? "is a run: the other is none"
			: campaign_is(name) ? "is a campaign: the other is none"
					    : "is a folder, and neither a run, "
					      "with cells.jsonl, nor a "
					      "campaign, with tally-*");
	p = profile_load(dir, name, &err);
	if (!p || profile_build(p, arch, bpf, &err)) {
		failure_say("%s", err.text);
		ret = cmd_profile_code(&err);
	} else if (p->mode == FILTER_NONE) {
		fill_none(bpf);
	} else if (p->mode != FILTER_BPF) {
		ret = cmd_say("diff", EXIT_USAGE, name,
			"is built into the kernel, and no filter");
	}
	profile_free(p);
	return ret;
}

static int say(const struct differing *t, const struct diff *d)
{
	diff_print(t, d);
	if (d->n && diff_found(d))
		return EXIT_DIFFERS;
	return d->whole ? EXIT_AS_DECLARED : EXIT_BROKEN;
}

static int compare(struct differing *t, const struct way *way)
{
	static struct filter a, b;
	struct diff_of of = { .last = UINT32_MAX };
	const uint32_t own = way ? way->arch : ARCH_NATIVE;
	struct diff d = { 0 };
	char dir[256];
	int ret = profile_shipped(dir, sizeof(dir));

	if (ret)
		return cmd_say_beside("diff", ret);
	ret = build(dir, t->names[0], own, &a);
	if (!ret)
		ret = build(dir, t->names[1], own, &b);
	if (ret)
		return ret;
	t->a = &a;
	t->b = &b;
	if (way) {
		of.arch = way->arch;
		of.first = (uint32_t)way->bit;
		if (!way->bit && ARCH_HAS_X32(way->arch))
			of.last = ARCH_X32_BIT - 1;
	}
	if (diff_filters(&d, &a, &b, &of))
		ret = say(t, &d);
	else
		ret = cmd_say(
			"diff", EXIT_SYSTEM, t->names[0], "out of memory");
	diff_free(&d);
	return ret;
}

int cmd_diff(int argc, char **argv)
{
	struct differing t = { 0 };
	struct diff_runs runs = { 0 };
	const struct way *way = NULL;
	bool profiles = false;
	int c;

	while ((c = getopt_long(argc, argv, "ha:I:t:v", long_options, NULL)) !=
		-1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'a':
			way = ways_find("diff", optarg);
			if (!way)
				return EXIT_USAGE;
			break;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			profiles = true;
			break;
		case OPTION_KNOWN:
			if (options_known(optarg))
				return EXIT_USAGE;
			runs.known = true;
			break;
		case 'k':
			runs.across = true;
			break;
		case 'v':
			runs.all = true;
			break;
		case OPTION_JSON:
			t.json = runs.json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 2 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	t.names[0] = argv[optind];
	t.names[1] = argv[optind + 1];
	if (diff_is_run(t.names[0]) && diff_is_run(t.names[1])) {
		runs.then = t.names[0];
		runs.now = t.names[1];
		if (!profiles && !way)
			return diff_runs(&runs);
		return cmd_say("diff", EXIT_USAGE, runs.then,
			"is a run: -a, -I and -t are for profiles");
	}
	if (campaign_is(t.names[0]) && campaign_is(t.names[1])) {
		if (!profiles && !way && !runs.across && !runs.known)
			return diff_campaigns(
				t.names[0], t.names[1], runs.all, t.json);
		return cmd_say("diff", EXIT_USAGE, t.names[0],
			"is a campaign: of the options, -v and --json are for "
			"it");
	}
	if (runs.all || runs.across || runs.known)
		return cmd_say("diff", EXIT_USAGE, t.names[0],
			"-v, --known and --across-kernels are for two runs");
	return compare(&t, way);
}
