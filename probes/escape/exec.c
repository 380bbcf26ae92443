/* SPDX-License-Identifier: MIT */
/* escape/exec.c: another program in this process. */
#include "probe.h"

static int run(void)
{
	static const char *argv[] = { "/bin/true", NULL };

	return (int)-sys(__NR_execve, argv[0], argv, argv + 1);
}

PROBE_RAW = {
	.about = "execute /bin/true",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	PROBE_EXITS(0),
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("execve") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/execve.2.html" },
};
