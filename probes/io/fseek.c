/* SPDX-License-Identifier: MIT */
/* io/fseek.c: moving in a stream is lseek. */
#include "probe.h"

#include <stdio.h>

static FILE *f;

static int setup(void)
{
	f = fopen("file", "w+");
	return f && fputs("hello", f) >= 0 && !fflush(f) ? 0 : EIO;
}

static int run(void)
{
	return fseek(f, 100000, SEEK_SET) ? errno : 0;
}

PROBE = {
	.about = "fseek in a warm stream, beyond its buffer",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("_llseek"), .flavour = "i386" },
		{ DIES("lseek") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
