/* SPDX-License-Identifier: MIT */
/* io/length.c: no bytes are no error; too many are cut to 2 GiB less a page.
 * */
#include "probe.h"

static int fd[2], null;
static char b[1];

static int setup(void)
{
	null = (int)sys(__NR_open, "/dev/null", 1, 0);
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	CHECK(sys(__NR_write, fd[1], NULL, 0) == 0);
	CHECK(sys(__NR_write, null, NULL, 0x7fffffff) == 0x7ffff000);
	CHECK(sys(__NR_read, fd[0], NULL, 0) == 0);
	/* access_ok comes before the test for a negative length. */
	CHECK(sys(__NR_write, fd[1], b, -1L) == -EFAULT);
	return 0;
}

PROBE_RAW = {
	.about = "read and write 0 bytes, and more than there are",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.flavours = "!i386",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux fs/read_write.c, vfs_write, rw_verify_area, MAX_RW_COUNT" },
};
