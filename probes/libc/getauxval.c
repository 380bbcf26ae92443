/* SPDX-License-Identifier: MIT */
/* libc/getauxval.c: what the kernel passed at start-up is memory. */
#include "probe.h"

#include <sys/auxv.h>
#include <unistd.h>

static int run(void)
{
	CHECK(getauxval(AT_PAGESZ) == 4096);
	CHECK(sysconf(_SC_PAGESIZE) == 4096);
	CHECK(sysconf(_SC_CLK_TCK) == 100);
	return 0;
}

PROBE = {
	.about = "getauxval, sysconf of the page size",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/getauxval.3.html" },
};
