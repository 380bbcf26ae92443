/* SPDX-License-Identifier: MIT */
/* check.c: `quartet check`: is the filter that was asked for in force? */
#include "cmd/check.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "profile/rules.h"
#include "sys/arch.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/check.txt");

enum { OPTION_PID = 300, OPTION_TIMEOUT };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "profile", required_argument, NULL, 'p' },
	{ "name", required_argument, NULL, 'n' },
	{ "timeout", required_argument, NULL, OPTION_TIMEOUT },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "pid", required_argument, NULL, OPTION_PID },
	{ 0 },
};

struct asked {
	const char *profile;
	long pid, seconds;
	bool json;
};

static int take_option(
	struct asked *a, struct check *c, int option, const char *value)
{
	switch (option) {
	case 'p':
		a->profile = value;
		return 0;
	case 'n':
		c->only = value;
		return 0;
	case OPTION_TIMEOUT:
		a->seconds = options_number("--timeout", value, 1, 86400);
		return a->seconds < 0 ? EXIT_USAGE : 0;
	case 'I':
	case 't':
		return options_profile(option, value) ? EXIT_USAGE : 0;
	case OPTION_JSON:
		a->json = true;
		return 0;
	case OPTION_PID:
		a->pid = options_number("--pid", value, 1, 1 << 22);
		return a->pid < 0 ? EXIT_USAGE : 0;
	}
	return EXIT_USAGE;
}

/* -1: go on; else an exit code. */
static int take_options(struct asked *a, struct check *c, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(
			argc, argv, "+hp:n:t:I:", long_options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (take_option(a, c, option, optarg))
			return EXIT_USAGE;
	}
	if (a->profile && !a->pid == (optind < argc))
		return -1;
	fputs(help, stderr);
	return EXIT_USAGE;
}

/* For programs of 32 bits there may be none, as of BPF that is for others. */
static int build(struct check *c)
{
	struct profile_error err = { 0 };

	if (c->p->mode != FILTER_BPF)
		return cmd_say("check", EXIT_USAGE, profile_name(c->p),
			"is no filter");
	if (profile_build(c->p, ARCH_NATIVE, &c->asked[0], &err)) {
		failure_say("%s", err.text);
		return cmd_profile_code(&err);
	}
	c->built[0] = true;
	c->built[1] = !profile_build(c->p, ARCH_COMPAT, &c->asked[1], &err);
	memcpy(c->unbuilt, err.text, sizeof(c->unbuilt));
	return 0;
}

static int verdict(const struct check *c)
{
	size_t n[CHECK_UNREAD + 1] = { 0 };

	for (size_t i = 0; i < c->n; i++)
		n[c->threads[i].found]++;
	if (n[CHECK_NONE] || n[CHECK_OTHER])
		return EXIT_DIFFERS;
	return n[CHECK_UNREAD] || c->lost || !c->n ? EXIT_BROKEN
						   : EXIT_AS_DECLARED;
}

static int look(struct asked *a, struct check *c, char **argv)
{
	char pid[16];
	int ret = build(c);

	if (ret)
		return ret;
	snprintf(pid, sizeof(pid), "%ld", a->pid);
	ret = a->pid ? check_tree(c, (pid_t)a->pid, (unsigned)a->seconds)
		     : check_command(c, argv, (unsigned)a->seconds);
	if (ret)
		return cmd_say_start("check", a->pid ? pid : argv[0], ret);
	check_print(c, a->json);
	return verdict(c);
}

int cmd_check(int argc, char **argv)
{
	static struct check c;
	struct asked a = { .seconds = 10 };
	int ret = take_options(&a, &c, argc, argv);
	struct profile *p;

	if (ret >= 0)
		return ret;
	ret = cmd_load("check", a.profile, &p);
	if (ret)
		return ret;
	c.p = p;
	ret = look(&a, &c, argv + optind);
	check_free(&c);
	profile_free(p);
	return ret;
}
