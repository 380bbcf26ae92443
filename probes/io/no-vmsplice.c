/* SPDX-License-Identifier: MIT */
/* io/no-vmsplice.c: vmsplice is a call of its own. */
#include "probe.h"

static int fd[2], file;
static char b[1] = "x";
static struct {
	void *base;
	size_t size;
} v[1] = { { b, 1 } };

static int setup(void)
{
	file = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	if (file < 0 || sys(__NR_write, file, "xy", 2) != 2)
		return EIO;
	if (sys(__NR_lseek, file, 0, 0) || sys(__NR_pipe, fd))
		return EIO;
	return sys(__NR_write, fd[1], "x", 1) == 1 ? 0 : EIO;
}

static int run(void)
{
	long ret = sys(__NR_vmsplice, fd[1], v, 1, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "vmsplice on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.has = "vmsplice",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("vmsplice") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/vmsplice.2.html" },
};
