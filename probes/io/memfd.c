/* SPDX-License-Identifier: MIT */
/* io/memfd.c: memory as a file: written, and read from another description.
 * */
#include "probe.h"

static int fd, other;

static int setup(void)
{
	char path[] = "/proc/self/fd/0";

	fd = (int)sys(__NR_memfd_create, "m", 0);
	if (fd < 0 || fd > 9)
		return EMFILE;
	path[14] = (char)('0' + fd);
	other = (int)sys(__NR_open, path, 0, 0);
	return other < 0 ? -other : 0;
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_write, fd, "hello", 5) == 5);
	CHECK(sys(__NR_read, other, b, 8) == 5 && b[0] == 'h');
	return 0;
}

PROBE_RAW = {
	.about = "write a memfd and read it through another open",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/memfd_create.2.html" },
};
