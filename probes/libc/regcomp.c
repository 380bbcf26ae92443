/* SPDX-License-Identifier: MIT */
/* libc/regcomp.c: a regular expression allocates. */
#include "probe.h"

#include <regex.h>

static int run(void)
{
	regex_t re;

	return regcomp(&re, "a.*b", 0) ? ENOMEM : 0;
}

PROBE = {
	.about = "regcomp, cold",
	.run = run,
	.under = "four four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ DIES("brk"), .flavour = "musl" },
		{ WORKS, .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/regcomp.3.html" },
};
