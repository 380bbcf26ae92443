/* SPDX-License-Identifier: MIT */
/* exit/_exit.c: the quick way out of libc, with no handlers and no flush. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	_exit(7);
}

PROBE = {
	.about = "call _exit(7)",
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
		{ WORKS,
			.why = "both libcs call exit when exit_group returns" },
	},
	.seen = {
		"glibc 2.36 sysdeps/unix/sysv/linux/_exit.c",
		"musl 1.2.3 src/exit/_Exit.c",
	},
};
