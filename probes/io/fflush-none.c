/* SPDX-License-Identifier: MIT */
/* io/fflush-none.c: fflush(NULL) visits every stream; where none holds
 * anything, that is locks and no call. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return fflush(NULL) || fflush(stdout) ? errno : 0;
}

PROBE = {
	.about = "fflush all streams, none of them used",
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 libio/genops.c, _IO_flush_all_lockp",
		"musl 1.2.3 src/stdio/fflush.c" },
};
