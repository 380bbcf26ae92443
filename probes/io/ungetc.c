/* SPDX-License-Identifier: MIT */
/* io/ungetc.c: putting back the character that was read moves a pointer;
 * another one is kept in memory that has to be found. */
#include "probe.h"

#include <stdio.h>

static char buffer[64];

static int setup(void)
{
	return setvbuf(stdin, buffer, _IOFBF, sizeof(buffer)) ? ENOMEM : 0;
}

static int run(void)
{
	CHECK(getchar() == 'f' && ungetc('f', stdin) == 'f');
	CHECK(getchar() == 'f');
	CHECK(ungetc('g', stdin) == 'g' && getchar() == 'g');
	return 0;
}

PROBE = {
	.about = "ungetc of the character read, then of another",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.stdin_text = "four",
	.expect = {
		{ WORKS, .flavour = "musl glibc-static" },
		{ WORKS, .under = "four+heap" },
		{ WORKS, .under = "four-enosys", .libc = GLIBC(2, 41),
			.why = "one character has a place in the stream, when "
			       "there is no heap" },
		{ FAILS(EBADE), .under = "four-enosys",
			.why = "no heap: ungetc says EOF, which few look at" },
		{ DIES("getrandom|brk"), .why = "the backup area is 128 bytes "
						"from the cold heap" },
	},
	.seen = { "glibc 2.36 libio/genops.c, _IO_default_pbackfail",
		"musl 1.2.3 src/stdio/ungetc.c" },
};
