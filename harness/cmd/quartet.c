/* SPDX-License-Identifier: MIT */
/* quartet.c: the command: finds the verb. */
#include "cmd/quartet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sys/inherit.h"
#include "version.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *about;
} verbs[] = {
	{ "run", cmd_run, "run the suite, or the cells that PATTERNs name" },
	{ "list", cmd_list, "name the cells, profiles and flavours" },
	{ "show", cmd_show, "run one cell again, with all that is known" },
	{ "lint", cmd_lint, "say what is wrong with a profile" },
	{ "convert", cmd_convert, "write a profile as OCI, C or BPF" },
	{ "exec", cmd_exec, "run a program under a profile" },
	{ "explain", cmd_explain,
		"say what a filter refuses a program, and why" },
	{ "report", cmd_report, "print the summary of a recorded run" },
	{ "export", cmd_export, "write a run as KTAP or JUnit XML" },
	{ "fuzz", cmd_fuzz, "vary futex programs inside the filter" },
	{ "replay", cmd_replay, "run a futex program inside the filter" },
	{ "minimize", cmd_minimize,
		"the smallest profile for a program, or the smallest "
		"futex program" },
};

#define NVERBS (sizeof(verbs) / sizeof(*verbs))

static void usage(FILE *to)
{
	fprintf(to, "usage: quartet VERB [OPTION...] [ARG...]\n\n");
	for (size_t i = 0; i < NVERBS; i++)
		fprintf(to, "  %-9s %s\n", verbs[i].name, verbs[i].about);
	fprintf(to,
		"\n`quartet VERB --help` tells the rest. Exit codes: 0 as "
		"declared, 1 something\ndiffers or was found, 2 broken or "
		"missing evidence, 100 wrong usage, 111 the\nsystem failed.\n");
}

/* What we open is not to become somebody's standard output. Closed at exec, as
 * it came. */
static int open_missing(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
			open("/dev/null", O_RDWR | O_CLOEXEC) < 0)
			return -errno;
	return 0;
}

int main(int argc, char **argv)
{
	if (open_missing())
		return EXIT_SYSTEM;
	inherit_note();
	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
		!strcmp(argv[1], "help")) {
		usage(stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		printf("quartet %s\n", QUARTET_VERSION);
		return 0;
	}
	for (size_t i = 0; i < NVERBS; i++)
		if (!strcmp(verbs[i].name, argv[1]))
			return verbs[i].run(argc - 1, argv + 1);
	fprintf(stderr,
		"quartet: %s: no such verb; `quartet --help` lists "
		"them\n",
		argv[1]);
	return EXIT_USAGE;
}
