/* SPDX-License-Identifier: MIT */
/* io/fmemopen.c: a stream over memory allocates itself, then asks for
 * nothing. */
#include "probe.h"

#include <stdio.h>

static FILE *f;
static char memory[64], buffer[4096];

static int setup(void)
{
	f = fmemopen(memory, sizeof(memory), "w+");
	return !f || setvbuf(f, buffer, _IOFBF, sizeof(buffer)) ? ENOMEM : 0;
}

static int run(void)
{
	char b[8] = "";

	CHECK(fputs("hello", f) >= 0 && !fflush(f));
	rewind(f);
	CHECK(fgets(b, sizeof(b), f) && b[4] == 'o');
	return 0;
}

PROBE = {
	.about = "write and read a stream over memory",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/fmemopen.3.html" },
};
