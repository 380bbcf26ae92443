/* SPDX-License-Identifier: MIT */
/* libc/popen.c: a pipe to a command: memory, descriptors, then a process. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return popen("true", "r") ? 0 : errno;
}

PROBE = {
	.about = "popen",
	.run = run,
	.under = "four four+heap",
	.expect = {
		{ DIES("pipe2"), .under = "four+heap" },
		{ DIES("pipe2"), .flavour = "musl glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 libio/iopopen.c",
		"musl 1.2.3 src/stdio/popen.c" },
};
