/* SPDX-License-Identifier: MIT */
/* io/no-close.c: close is a call of its own. */
#include "probe.h"

static int file;

static int setup(void)
{
	file = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	if (file < 0 || sys(__NR_write, file, "xy", 2) != 2)
		return EIO;
	return (int)-sys(__NR_lseek, file, 0, 0);
}

static int run(void)
{
	long ret = sys(__NR_close, file);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "close on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("close") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/close.2.html" },
};
