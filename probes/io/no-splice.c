/* SPDX-License-Identifier: MIT */
/* io/no-splice.c: splice is a call of its own. */
#include "probe.h"

static int fd[2], fd2[2], file;

static int setup(void)
{
	file = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	if (file < 0 || sys(__NR_write, file, "xy", 2) != 2)
		return EIO;
	if (sys(__NR_lseek, file, 0, 0) || sys(__NR_pipe, fd) ||
		sys(__NR_pipe, fd2))
		return EIO;
	return sys(__NR_write, fd[1], "x", 1) == 1 ? 0 : EIO;
}

static int run(void)
{
	long ret = sys(__NR_splice, fd[0], NULL, fd2[1], NULL, 1, 2);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "splice on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("splice") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/splice.2.html" },
};
