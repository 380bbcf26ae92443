/* SPDX-License-Identifier: MIT */
/* quartet.c: the command: finds the verb. */
#include "cmd/quartet.h"
#include "cmd/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sys/embed.h"
#include "sys/inherit.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/quartet.txt");

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "run", cmd_run },
	{ "doctor", cmd_doctor },
	{ "list", cmd_list },
	{ "show", cmd_show },
	{ "lint", cmd_lint },
	{ "ask", cmd_ask },
	{ "diff", cmd_diff },
	{ "disasm", cmd_disasm },
	{ "dump", cmd_dump },
	{ "check", cmd_check },
	{ "convert", cmd_convert },
	{ "exec", cmd_exec },
	{ "explain", cmd_explain },
	{ "report", cmd_report },
	{ "export", cmd_export },
	{ "status", cmd_status },
	{ "merge", cmd_merge },
	{ "fuzz", cmd_fuzz },
	{ "replay", cmd_replay },
	{ "minimize", cmd_minimize },
	{ "learn", cmd_learn },
	{ "surface", cmd_surface },
	{ "guest", cmd_guest },
};

#define NVERBS (sizeof(verbs) / sizeof(*verbs))

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

static int run_verb(int argc, char **argv)
{
	if (argc < 2) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
		!strcmp(argv[1], "help")) {
		fputs(help, stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		machine_print();
		return 0;
	}
	for (size_t i = 0; i < NVERBS; i++)
		if (!strcmp(verbs[i].name, argv[1]))
			return verbs[i].run(argc - 1, argv + 1);
	failure_say("%s: no such verb; `quartet --help` lists "
		    "them",
		argv[1]);
	return EXIT_USAGE;
}

/* Output that was lost is no answer, whatever the verb found. */
static int flush_output(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	failure_say("standard output: %s",
		errno ? strerror(errno) : "it was not written");
	return EXIT_SYSTEM;
}

/* A worker of a run dies of 256. */
#define STACK_KB 1024

static int check_stack(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_STACK, &r) || r.rlim_cur >= STACK_KB * 1024)
		return 0;
	failure_say("the stack is limited to %lu kB, and %d are needed: "
		    "ulimit -s",
		(unsigned long)r.rlim_cur / 1024, STACK_KB);
	return EXIT_SYSTEM;
}

int main(int argc, char **argv)
{
	if (open_missing() || check_stack())
		return EXIT_SYSTEM;
	inherit_note();
	errno = 0;
	return flush_output(run_verb(argc, argv));
}
