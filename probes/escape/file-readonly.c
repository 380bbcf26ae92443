/* SPDX-License-Identifier: MIT */
/* escape/file-readonly.c: what was opened for reading stays that way. */
#include "probe.h"

#include <fcntl.h>

static long fd;

static int setup(void)
{
	fd = sys(__NR_open, PROBE_CANARY, O_RDONLY);
	return fd < 0 ? (int)-fd : 0;
}

static int run(void)
{
	char c;

	CHECK(sys(__NR_read, fd, &c, 1) == 1 && c == 'c');
	CHECK(sys(__NR_write, fd, "x", 1) == -EBADF);
	return 0;
}

PROBE_RAW = {
	.about = "write to a file outside that was opened for reading",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.expect = { { WORKS, .why = "EBADF: the descriptor's mode is the "
				    "second fence" } },
	.seen = { "https://man7.org/linux/man-pages/man2/write.2.html" },
};
