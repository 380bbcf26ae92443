/* SPDX-License-Identifier: MIT */
/* libc/getpwuid.c: a user's name is a file, and in glibc a library to read it.
 */
#include "probe.h"

#include <pwd.h>

static int run(void)
{
	return getpwuid(0) ? 0 : ENOENT;
}

PROBE = {
	.about = "getpwuid of root",
	.run = run,
	.under = "four four-eperm",
	.flavours = "!glibc-static",
	.expect = {
		{ FAILS(ENOENT), .under = "four-eperm",
			.why = "not readable is told as: no such user" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 nss/getXXbyYY.c",
		"musl 1.2.3 src/passwd/getpw_a.c" },
};
