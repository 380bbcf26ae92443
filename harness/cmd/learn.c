/* SPDX-License-Identifier: MIT */
/* learn.c: `quartet learn`: a profile from evidence. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "cmd/written.h"
#include "profile/learn.h"
#include "profile/profile.h"
#include "sys/calls.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/learn.txt");

static const struct option long_options[] = {
	{ "errno", required_argument, NULL, 'e' },
	{ "help", no_argument, NULL, 'h' },
	{ "merge", no_argument, NULL, 'm' },
	{ 0 },
};

static int write_profile(struct learned *l, uint32_t action, const char *file)
{
	struct profile *p = learn_build(l, action);

	if (!p)
		return cmd_say(
			"learn", EXIT_SYSTEM, "profile", strerror(ENOMEM));
	return cmd_write_profile("learn", p, file);
}

static void print(const struct learned *l)
{
	for (unsigned i = 0; i < l->n; i++)
		fprintf(stderr, "  %-20s %s%s\n", l->calls[i].rule.name,
			l->calls[i].rule.nargs ? "(with conditions) " : "",
			l->calls[i].comment);
}

/* 0 or an exit code. */
static int read_all(struct learned *l, bool merge, char **files)
{
	struct profile_error err = { 0 };
	char dir[256];
	int ret = profile_shipped(dir, sizeof(dir)), code = 0;

	if (ret)
		return cmd_say_beside("learn", ret);
	for (; *files; files++) {
		unsigned long seen = 0;
		long n = learn_file(l, dir, *files, &err);

		for (unsigned i = 0; merge && i < l->n; i++)
			seen += l->calls[i].count;
		if (seen)
			return cmd_say("learn", EXIT_USAGE, *files,
				"is no profile, as --merge has them");
		if (n < 0) {
			failure_say("%s", err.text);
			code = EXIT_BROKEN;
		} else {
			fprintf(stderr, "%s: %ld\n", *files, n);
		}
	}
	return code;
}

static int learn(struct learned *l, bool merge, int error, const char *file,
	char **files)
{
	int code = read_all(l, merge, files), ret;

	if (code == EXIT_USAGE)
		return code;
	if (l->unknown) {
		failure_say("learn: %lu calls have no name here, the first is "
			    "%s: left out",
			l->unknown, l->first_unknown);
		code = EXIT_BROKEN;
	}
	if (!l->n)
		return EXIT_BROKEN;
	if (l->full)
		return cmd_say("learn", EXIT_BROKEN, "evidence",
			"has more than 1000 different rules");
	ret = write_profile(l,
		error ? SCMP_ACT_ERRNO((uint32_t)error) : SCMP_ACT_KILL_PROCESS,
		file);
	if (!ret)
		print(l);
	return ret ? ret : code;
}

int cmd_learn(int argc, char **argv)
{
	static struct learned l;
	const char *file = NULL;
	bool merge = false;
	int c, error = 0, ret;

	while ((c = getopt_long(argc, argv, "ho:", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (c == 'e') {
			error = calls_errno(optarg);
			if (!error)
				return cmd_say("learn", EXIT_USAGE, optarg,
					"no errno has that name");
		} else if (c == 'm') {
			merge = true;
		} else if (c == 'o') {
			file = optarg;
		} else {
			return EXIT_USAGE;
		}
	}
	if (optind == argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	ret = cmd_check_output("learn", file);
	return ret ? ret : learn(&l, merge, error, file, argv + optind);
}
