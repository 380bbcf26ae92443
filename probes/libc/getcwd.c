/* SPDX-License-Identifier: MIT */
/* libc/getcwd.c: where am I: a call. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	char b[4096];

	return getcwd(b, sizeof(b)) ? 0 : errno;
}

PROBE = {
	.about = "getcwd",
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("getcwd") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/getcwd.3.html" },
};
