/* SPDX-License-Identifier: MIT */
/* io/fclose.c: closing a stream is close, and free. */
#include "probe.h"

#include <stdio.h>

static FILE *f;

static int setup(void)
{
	f = fopen("file", "w");
	return f ? 0 : EIO;
}

static int run(void)
{
	return fclose(f) ? errno : 0;
}

PROBE = {
	.about = "fclose a stream",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("close") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/fclose.3.html" },
};
