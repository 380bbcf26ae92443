/* SPDX-License-Identifier: MIT */
/* exit/group-one.c: exit_group with one thread, and no libc to catch it. */
#include "probe.h"

static int run(void)
{
	return (int)-sys(__NR_exit_group, 7);
}

PROBE_RAW = {
	.about = "raw exit_group(7) with one thread",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS, .under = "four+exit_group" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("exit_group"), .why = "KILL_THREAD on the last thread "
			"ends the process as KILL_PROCESS does" },
	},
	.seen = { "https://git.kernel.org/torvalds/c/d7276e321ff8" },
};
