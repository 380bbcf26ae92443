/* SPDX-License-Identifier: MIT */
/* io/dprintf.c: dprintf writes to a descriptor by a stream of its own. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	if (dprintf(2, "hello\n") < 0)
		return errno;
	return 0;
}

PROBE = {
	.about = "dprintf to a descriptor by a stream of its own",
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio",
			.flavour = "musl glibc-static" },
		{ WORKS, .libc = GLIBC(2, 37),
			.why = "formatted into a buffer on the stack, then "
			       "write" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "glibc asks where the descriptor stands: "
			       "lseek" },
		{ DIES("writev"), .flavour = "musl" },
		{ DIES("newfstatat|fstat64|fstat|statx"),
			.why = "glibc makes a buffered stream of the "
			       "descriptor for one line" },
	},
	.seen = { "glibc 2.36 libio/fileops.c, _IO_new_file_attach",
		"musl 1.2.3 src/stdio/__stdio_write.c" },
};
