/* SPDX-License-Identifier: MIT */
/* escape/file-mapped.c: a file mapped before is written by a store. */
#include "probe.h"

#include <fcntl.h>
#include <linux/mman.h>

static volatile char *canary;

static int setup(void)
{
	long fd = sys(__NR_open, PROBE_CANARY, O_RDWR);
	long at = sys_mmap(16, 3, MAP_SHARED, fd, 0);

	canary = (volatile char *)at;
	return sys_failed(at) ? (int)-at : 0;
}

static int run(void)
{
	canary[0] = 'x';
	return 0;
}

PROBE_RAW = {
	.about = "store a byte in a file outside that was mapped before",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.expect = { { ESCAPES("canary"), .why = "no call is made at all" } },
	.seen = { "https://man7.org/linux/man-pages/man2/mmap.2.html" },
};
