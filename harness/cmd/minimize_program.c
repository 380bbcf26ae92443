/* SPDX-License-Identifier: MIT */
/* minimize_program.c: `quartet minimize FILE`: the smallest futex program that
 * breaks the same promise. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/minimize.h"
#include "cmd/quartet.h"
#include "session/program_file.h"
#include "session/shrink.h"
#include "sys/embed.h"
#include "sys/failure.h"
#include "sys/output.h"

EMBED(help, "harness/cmd/minimize_program.txt");

/* The first promise that it breaks in so many runs; NULL for none. */
static const char *find_oracle(struct checker *c, const struct program *p)
{
	struct finding f;
	struct result r;

	for (int i = 0; i < 300; i++)
		if (checker_run(c, p, &r, &f) == 1)
			return f.oracle;
	return NULL;
}

static int write_program(const struct program *p, const char *oracle, int tried,
	int before, const char *out)
{
	const char *name = out ? out : "standard output";
	struct output to;
	int ret = output_open(&to, out, stdout);

	if (ret)
		return cmd_say("minimize", EXIT_SYSTEM, name, strerror(-ret));
	fprintf(to.f, "# breaks: %s\n", oracle);
	program_print(p, to.f);
	ret = output_close(&to);
	if (ret)
		return cmd_say("minimize", EXIT_SYSTEM, name, strerror(-ret));
	fprintf(stderr, "%d steps of %d are left, after %d programs\n",
		p->nsteps, before, tried);
	return 0;
}

static int minimize(
	struct checker *c, struct program *p, const char *path, const char *out)
{
	const char *oracle = find_oracle(c, p);
	int before = p->nsteps, tried;

	if (!oracle) {
		failure_say("minimize: %s: breaks no promise in 300 "
			    "runs: nothing to keep",
			path);
		return EXIT_BROKEN;
	}
	tried = shrink_program(c, p, oracle);
	if (tried < 0)
		return cmd_say(
			"minimize", EXIT_SYSTEM, "executor", strerror(-tried));
	return write_program(p, oracle, tried, before, out);
}

int cmd_minimize_program(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	static struct filter bpf;
	const char *profile = "four", *out = NULL;
	struct checker *checker;
	struct failure failure;
	struct program p;
	int c, ret;

	while ((c = getopt_long(argc, argv, "ho:p:", options, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (c == 'o')
			out = optarg;
		else if (c == 'p')
			profile = optarg;
		else
			return EXIT_USAGE;
	}
	if (optind + 1 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	ret = cmd_check_output("minimize", out);
	if (ret)
		return ret;
	if (program_file_load(argv[optind], &p, &failure) ||
		program_file_profile(profile, &bpf, &failure))
		return cmd_failed("minimize", &failure);
	checker = checker_open(&bpf);
	if (!checker)
		return cmd_say(
			"minimize", EXIT_SYSTEM, profile, strerror(errno));
	ret = minimize(checker, &p, argv[optind], out);
	checker_close(checker);
	return ret;
}
