/* SPDX-License-Identifier: MIT */
/* merge.c: `quartet merge`: the runs of several machines as one. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "cmd/run.h"
#include "suite/about.h"
#include "suite/known.h"
#include "suite/merge.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/merge.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* The cells that a run was asked for, all shards. An exit code. */
static int expect(
	struct merge *m, struct suite *s, const char *dir, const json_t *about)
{
	static struct selection sel;
	long repeat = 1;
	int ret;

	if (!run_was_asked(about, &sel, &repeat))
		return cmd_say("merge", EXIT_USAGE, dir,
			"run.json does not tell what it was asked for");
	sel.shard = sel.nshards = 0;
	ret = suite_select(s, &sel);
	if (!ret && merge_expect(m, s, (uint32_t)repeat))
		ret = cmd_say("merge", EXIT_SYSTEM, dir, strerror(ENOMEM));
	return ret;
}

/* Each run keeps the failures that it was told of; the last one's are all's. */
static int keep_known(const char *dir, const char *to)
{
	struct known k;
	int ret = known_of_run(&k, dir);

	if (!ret && k.n)
		ret = known_keep(&k, to);
	known_free(&k);
	return ret;
}

static int add(struct merge *m, struct suite *s, const char *dir,
	const char *to, FILE *out)
{
	json_t *about = about_read(dir);
	int ret = expect(m, s, dir, about), err;

	if (!ret) {
		err = merge_add(m, dir, about, out);
		if (err == -ENOMEM)
			cmd_say("merge", EXIT_SYSTEM, dir, strerror(-err));
		ret = err || keep_known(dir, to) ? EXIT_SYSTEM : 0;
	}
	/* The selection has its words; it lasts as long as the command. */
	return ret;
}

static int add_all(struct merge *m, char **runs, const char *to, FILE *out)
{
	struct suite s;
	int ret = suite_load(&s);

	for (; !ret && *runs; runs++)
		ret = add(m, &s, *runs, to, out);
	return ret;
}

/* Half a union is none. */
static void remove_all(const char *to)
{
	static const char *const names[] = { "cells.jsonl", "run.json",
		"known" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", to, names[i]);
		unlink(path);
	}
	rmdir(to);
}

static int merge(char **runs, const char *to)
{
	struct merge m = { 0 };
	char path[PATH_MAX];
	FILE *out;
	int ret;

	snprintf(path, sizeof(path), "%s/cells.jsonl", to);
	if (mkdir(to, 0777))
		return cmd_say("merge", EXIT_SYSTEM, to, strerror(errno));
	out = fopen(path, "we");
	if (!out) {
		ret = cmd_say("merge", EXIT_SYSTEM, path, strerror(errno));
		rmdir(to);
		return ret;
	}
	ret = add_all(&m, runs, to, out);
	if (fclose(out) && !ret)
		ret = cmd_say("merge", EXIT_SYSTEM, path, strerror(errno));
	merge_count(&m);
	if (!ret && merge_about(&m, to))
		ret = EXIT_SYSTEM;
	if (ret)
		remove_all(to);
	else
		merge_print(&m, to, stdout);
	if (!ret)
		ret = m.missing ? EXIT_BROKEN : m.twice ? EXIT_DIFFERS : 0;
	merge_free(&m);
	return ret;
}

int cmd_merge(int argc, char **argv)
{
	const char *to = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "ho:", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'o':
			to = optarg;
			break;
		default:
			return EXIT_USAGE;
		}
	if (!to || optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return merge(argv + optind, to);
}
