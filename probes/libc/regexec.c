/* SPDX-License-Identifier: MIT */
/* libc/regexec.c: matching after a compile before arming. */
#include "probe.h"

#include <regex.h>

static regex_t re;

static int setup(void)
{
	return regcomp(&re, "a.*b", REG_NOSUB) ? ENOMEM : 0;
}

static int run(void)
{
	return regexec(&re, "xxaybzz", 0, NULL, 0) ? EIO : 0;
}

PROBE = {
	.about = "regexec of a compiled expression",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/regcomp.3.html" },
};
