/* SPDX-License-Identifier: MIT */
/* exit/return.c: how a program ends that knows nothing of the filter. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	exit(7);
}

PROBE = {
	.about = "call exit(7), as a return from main does",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ DIES("exit_group"), .under = "four four-process four-trap" },
		{ WORKS, .under = "four+exit_group" },
		{ WORKS, .why = "libc falls back to exit, and one thread is "
				"all there is" },
	},
};
