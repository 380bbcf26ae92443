/* SPDX-License-Identifier: MIT */
/* exit/quick.c: quick_exit runs its own handlers, then needs exit_group. */
#include "probe.h"

#include <stdlib.h>

static void note(void)
{
	probe_value(1);
}

static int setup(void)
{
	return at_quick_exit(note) ? ENOMEM : 0;
}

static int run(void)
{
	quick_exit(7);
}

PROBE = {
	.about = "call quick_exit(7) with a handler",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ DIES("exit_group"), .under = "four four-process four-trap",
			.why = "the handler ran; only the end was refused" },
		{ WORKS },
	},
	.seen = { "https://pubs.opengroup.org/onlinepubs/9799919799/functions/"
		  "quick_exit.html" },
};
