/* SPDX-License-Identifier: MIT */
/* io/snprintf-wide.c: a number with thousands of digits makes printf
 * allocate. */
#include "probe.h"

#include <stdio.h>

static char text[32];
static volatile int digits = 20000;

static int run(void)
{
	CHECK(snprintf(text, sizeof(text), "%.*f", digits, 1.0 / 3) == 20002);
	return 0;
}

PROBE = {
	.about = "snprintf of a float with 20,000 digits",
	.run = run,
	.under = "four four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .flavour = "musl glibc-static" },
		{ WORKS, .libc = GLIBC(2, 41) },
		{ DIES("getrandom|brk|mmap|mmap2") },
	},
	.seen = { "glibc 2.36 stdio-common/printf_fp.c" },
};
