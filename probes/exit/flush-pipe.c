/* SPDX-License-Identifier: MIT */
/* exit/flush-pipe.c: the flush at exit is a write in glibc, writev in musl. */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int setup(void)
{
	static char buffer[4096];
	int fd[2];
	FILE *f;

	if (pipe(fd) || !(f = fdopen(fd[1], "w")))
		return errno;
	if (setvbuf(f, buffer, _IOFBF, sizeof(buffer)))
		return ENOMEM;
	return fputs("hello", f) < 0 ? EIO : 0;
}

static int run(void)
{
	exit(7);
}

PROBE = {
	.about = "exit(7) with 5 bytes in a stream to a pipe",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group four+exit_group+writev",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ WORKS, .under = "four+exit_group+writev" },
		{ WORKS, .under = "four+exit_group", .flavour = "!musl" },
		{ WORKS, .under = "four-eperm four-enosys",
			.why = "with musl the text is lost without a word" },
		{ DIES("writev"), .libc = MUSL(1, 2, 0),
			.why = "musl's stdio writes with writev alone" },
		{ DIES("exit_group") },
	},
	.seen = { "musl 1.2.3 src/stdio/__stdio_write.c" },
};
