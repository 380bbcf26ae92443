/* SPDX-License-Identifier: MIT */
/* surface.c: `quartet surface`: what a command reaches in the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/surface.h"
#include "explain/shapes.h"
#include "sys/beside.h"
#include "sys/embed.h"
#include "sys/output.h"
#include "sys/text.h"
#include "sys/tree.h"

EMBED(help, "harness/cmd/surface.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "profile", required_argument, NULL, 'p' },
	{ "armed", no_argument, NULL, 'a' },
	{ "functions", no_argument, NULL, 'v' },
	{ "buffer", required_argument, NULL, 'b' },
	{ "output", required_argument, NULL, 'o' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ 0 },
};

struct ask {
	const char *profile, *output;
	bool armed, functions, json;
	long kb;
	char self[PATH_MAX];
	char kept[PATH_MAX]; /* the folder of a run's records, or "" */
	char **argv;	     /* what is run */
};

/* -1: go on; else an exit code. */
static int take_options(struct ask *a, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(
			argc, argv, "+hp:avb:o:", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'p':
			a->profile = optarg;
			break;
		case 'a':
			a->armed = true;
			break;
		case 'v':
			a->functions = true;
			break;
		case 'b':
			a->kb = options_number("-b", optarg, 64, 4194304);
			if (a->kb < 0)
				return EXIT_USAGE;
			break;
		case 'o':
			a->output = optarg;
			break;
		case OPTION_JSON:
			a->json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	return -1;
}

/* HEAD, and behind it ARGV. NULL: no memory. */
static char **join(char *const *head, char **argv)
{
	size_t n = 0, m = 0;
	char **all;

	while (head[n])
		n++;
	while (argv[m])
		m++;
	all = calloc(n + m + 1, sizeof(*all));
	if (!all)
		return NULL;
	memcpy(all, head, n * sizeof(*all));
	memcpy(all + n, argv, m * sizeof(*all));
	return all;
}

static bool is_program(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ".futex");
}

/* What is run, and whether it counts from the filter on. An exit code. */
static int choose(struct ask *a, char **argv, bool command)
{
	char *profile = (char *)a->profile;
	char *option = profile ? "-p" : NULL;
	char *exec[] = { a->self, "exec", profile, "--", NULL };
	char *replay[] = { a->self, "replay", option, profile, NULL };
	char *run[] = { a->self, "run", "-q", "-o", a->kept, option, profile,
		NULL };
	char *nothing[] = { NULL };
	char *const *head = nothing;
	int err = beside_path(a->self, sizeof(a->self), "quartet");

	if (err)
		return cmd_say_beside("surface", err);
	if (!argv[0]) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	if (command && a->profile)
		head = exec;
	else if (!command && is_program(argv[0]))
		head = replay;
	else if (!command) {
		const char *tmp = getenv("TMPDIR");

		snprintf(a->kept, sizeof(a->kept), "%s/quartet-surface-XXXXXX",
			tmp && tmp[0] ? tmp : "/tmp");
		if (!mkdtemp(a->kept))
			return cmd_say("surface", EXIT_SYSTEM, a->kept,
				strerror(errno));
		head = run;
	}
	a->armed = a->armed || a->profile || !command;
	a->argv = join(head, argv);
	return a->argv ? 0
		       : cmd_say("surface", EXIT_SYSTEM, argv[0], "no memory");
}

static void name_op(uint64_t op, char *name, size_t size)
{
	if (op < EXPLAIN_FUTEX_OPS && explain_futex_ops[op])
		snprintf(name, size, "%s", explain_futex_ops[op]);
	else
		snprintf(name, size, "operation %llu", (unsigned long long)op);
}

static int print(const struct ask *a, const struct surface_seen *seen)
{
	struct output o;
	int err = output_open(&o, a->output, stdout);

	if (err)
		return cmd_say(
			"surface", EXIT_SYSTEM, a->output, strerror(-err));
	if (a->json)
		err = surface_print_json(seen, o.f);
	else
		surface_print(seen, a->functions, o.f);
	if (a->output && !err)
		err = output_close(&o);
	return err ? cmd_say("surface", EXIT_SYSTEM,
			     a->output ? a->output : "standard output",
			     strerror(-err))
		   : 0;
}

/* What stands against the rows, once they are printed. */
static int judge(const struct surface_seen *seen, const char *command)
{
	char what[64];

	if (!seen->rows->n)
		return cmd_say("surface", EXIT_BROKEN, command,
			"nothing counted: it loaded no filter, or ended "
			"before");
	if (!seen->lost_some)
		return 0;
	snprintf(what, sizeof(what), "%lu %s", seen->lost,
		seen->by_kcov ? "blocks" : "events");
	return cmd_say("surface", EXIT_BROKEN, what,
		seen->by_kcov
			? "lost, for want of room: rows may miss some"
			: "lost, for want of room: rows may miss some (-b)");
}

static int tell(const struct ask *a, const struct surface_seen *seen)
{
	int ret = print(a, seen);

	return ret ? ret : judge(seen, a->argv[0]);
}

static int look_by_ftrace(const struct ask *a, struct surface_seen *seen,
	enum reach_from from, struct failure *f)
{
	struct reach *r = reach_new(seen->s, from, name_op);
	struct ftrace_sums sums = { 0 };
	int ret;

	if (!r)
		ret = failure_set(f, FAILURE_SYSTEM, "no memory");
	else
		ret = ftrace_run(r, a->argv, (unsigned long)a->kb, &sums, f);
	if (!ret) {
		seen->rows = reach_sorts(r);
		seen->sums = reach_sums(r);
		seen->lost = sums.lost;
		seen->lost_some = sums.lost_some;
		seen->tasks = seen->sums.tasks;
		ret = tell(a, seen);
	}
	reach_free(r);
	return ret;
}

static int look_by_kcov(const struct ask *a, struct surface_seen *seen,
	struct sorts *rows, enum reach_from from, struct failure *f)
{
	struct kcov_sums sums = { 0 };
	int ret = kcov_run(rows, seen->s, from, a->argv, &sums, f);

	if (!ret) {
		seen->by_kcov = true;
		seen->rows = rows;
		seen->lost = sums.lost;
		seen->lost_some = sums.lost > 0;
		seen->tasks = sums.tasks;
		ret = tell(a, seen);
	}
	return ret;
}

static int look(struct ask *a)
{
	enum reach_from from = a->armed ? REACH_FROM_FILTER : REACH_FROM_EXEC;
	enum kcov_has has = kcov_has();
	struct surface_seen seen = { 0 };
	char command[512];
	struct symbols s = { 0 };
	struct sorts rows = { .name_op = name_op };
	struct utsname u;
	struct failure f;
	int ret;

	if (has == KCOV_TAKEN)
		return cmd_say("surface", EXIT_SYSTEM, "this process",
			"followed already, by KCOV");
	if (ftrace_symbols(&s, &f))
		return cmd_failed("surface", &f);
	uname(&u);
	text_command(a->argv, command, sizeof(command));
	seen.s = &s;
	rows.nsymbols = s.n;
	seen.command = command;
	seen.release = u.release;
	if (has == KCOV_ALONE)
		failure_say("surface: this kernel's KCOV does not tell what a "
			    "block was gone through for: "
			    "harness/guest/rows.patch");
	ret = has == KCOV_ROWS ? look_by_kcov(a, &seen, &rows, from, &f)
			       : look_by_ftrace(a, &seen, from, &f);
	sorts_free(&rows);
	symbols_free(&s);
	return ret < 0 ? cmd_failed("surface", &f) : ret;
}

int cmd_surface(int argc, char **argv)
{
	static struct ask a = { .kb = 65536 };
	int ret = take_options(&a, argc, argv);

	if (ret >= 0)
		return ret;
	ret = choose(&a, argv + optind, !strcmp(argv[optind - 1], "--"));
	if (!ret)
		ret = look(&a);
	if (a.kept[0])
		tree_remove(AT_FDCWD, a.kept);
	free(a.argv);
	return ret;
}
