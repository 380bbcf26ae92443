/* SPDX-License-Identifier: MIT */
/* io/address-across.c: a write that runs out of memory half-way writes the
 * half. */
#include "probe.h"

static int fd[2];
static char *page;

static int setup(void)
{
	long at = sys_mmap(8192, 3, 0x22, -1, 0);

	if (sys_failed(at) || sys(__NR_munmap, at + 4096, 4096))
		return ENOMEM;
	page = (char *)at;
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	long n = sys(__NR_write, fd[1], page + 4094, 10);

	CHECK(n == 2 || n == -EFAULT);
	probe_value(n);
	return 0;
}

PROBE_RAW = {
	.about = "write two bytes before an unmapped page, of 10",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/write.2.html" },
};
