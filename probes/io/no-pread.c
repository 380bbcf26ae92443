/* SPDX-License-Identifier: MIT */
/* io/no-pread.c: pread64 is not read: the filter knows numbers, not purposes.
 * */
#include "probe.h"

static int file;
static char b[1] = "x";

static int setup(void)
{
	file = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	if (file < 0 || sys(__NR_write, file, "xy", 2) != 2)
		return EIO;
	return (int)-sys(__NR_lseek, file, 0, 0);
}

static int run(void)
{
	long ret = sys(__NR_pread64, file, b, 1, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "pread64 on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("pread64") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/pread.2.html" },
};
