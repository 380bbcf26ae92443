/* SPDX-License-Identifier: MIT */
/* io/getchar-unbuffered.c: a stream whose buffer was settled before the filter
 * asks nothing more. */
#include "probe.h"

#include <stdio.h>

static int setup(void)
{
	return setvbuf(stdin, NULL, _IONBF, 0) ? ENOMEM : 0;
}

static int run(void)
{
	CHECK(getchar() == 'f' && getchar() == 'o');
	return 0;
}

PROBE = {
	.about = "setvbuf _IONBF before arming, then getchar",
	.setup = setup,
	.run = run,
	.under = "four strict four+stdio",
	.stdin_text = "four",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ WORKS, .under = "four+stdio" },
		{ DIES("readv"), 
			.why = "no buffer: the one byte is all the caller's, "
			       "and that part goes by readv" },
	},
	.seen = { "glibc 2.36 libio/fileops.c, _IO_new_file_underflow",
		"musl 1.2.3 src/stdio/__stdio_read.c" },
};
