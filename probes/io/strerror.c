/* SPDX-License-Identifier: MIT */
/* io/strerror.c: the words for a known errno are in the library. */
#include "probe.h"

#include <string.h>

static char text[64];

static int run(void)
{
	CHECK(strerror(ENOENT)[0]);
	(void)strerror_r(9999, text, sizeof(text));
	CHECK(text[0] || strerror(9999)[0]);
	return 0;
}

PROBE = {
	.about = "strerror of a known and of an unknown number",
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("brk"),
			.libc = GLIBC(2, 42), .flavour = "!glibc-static",
			.why = "the words for an unknown number are "
			       "allocated; the tcache key is made before main" },
		{ DIES("getrandom"),
			.libc = GLIBC(2, 41), .flavour = "!glibc-static",
			.why = "the words for an unknown number are "
			       "allocated" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 string/strerror_l.c",
		"glibc 2.42 elf/libc_early_init.c, __ptmalloc_init" },
};
