/* SPDX-License-Identifier: MIT */
/* libc/glob.c: a pattern is a directory to read, and memory for the names. */
#include "probe.h"

#include <glob.h>

static int run(void)
{
	glob_t found;

	return glob("/dev/nul*", 0, NULL, &found) ? ENOENT : 0;
}

PROBE = {
	.about = "glob of /dev/nul*",
	.run = run,
	.under = "four four-eperm four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOENT), .under = "four-eperm",
			.why = "what could not be read did not match" },
		{ DIES("brk"), .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk|openat|newfstatat|stat64|statx") },
	},
	.seen = { "glibc 2.36 posix/glob.c", "musl 1.2.3 src/regex/glob.c" },
};
