/* SPDX-License-Identifier: MIT */
/* libc/errno-thread.c: errno and thread-local variables are memory. */
#include "probe.h"

#include <unistd.h>

static __thread int local;

static int run(void)
{
	errno = 0;
	local = 5;
	CHECK(read(-1, NULL, 0) < 0 && errno == EBADF && local == 5);
	return 0;
}

PROBE = {
	.about = "errno and a __thread variable",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/errno.3.html" },
};
