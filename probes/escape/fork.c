/* SPDX-License-Identifier: MIT */
/* escape/fork.c: a new process, to see that it is seen. */
#include "probe.h"

static int run(void)
{
	long pid = sys(__NR_fork);

	while (pid == 0)
		sys(__NR_exit_group, 0);
	return pid < 0 ? (int)-pid : 0;
}

PROBE_RAW = {
	.about = "start a process",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap four-log "
		 "strict",
	.expect = {
		{ ESCAPES("process"), .under = "four-log", .why = "the log "
			"action tells and lets through" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("fork") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/fork.2.html" },
};
