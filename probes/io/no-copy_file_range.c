/* SPDX-License-Identifier: MIT */
/* io/no-copy_file_range.c: copy_file_range is a call of its own. */
#include "probe.h"

static int file;
static int64_t off, off2 = 1;

static int setup(void)
{
	file = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	if (file < 0 || sys(__NR_write, file, "xy", 2) != 2)
		return EIO;
	return (int)-sys(__NR_lseek, file, 0, 0);
}

static int run(void)
{
	long ret = sys(__NR_copy_file_range, file, &off, file, &off2, 1, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "copy_file_range on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.has = "copy_file_range",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("copy_file_range") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/copy_file_range.2.html" },
};
