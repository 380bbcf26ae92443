/* SPDX-License-Identifier: MIT */
/*
 * escape/mem-self.c: through /proc/self/mem write reaches pages that are
 * read-only: code, constants. No mprotect is needed.
 */
#include "probe.h"

#include <fcntl.h>

static const volatile char constant = 'c';
static long fd;

static int setup(void)
{
	fd = sys(__NR_open, "/proc/self/mem", O_RDWR);
	if (fd < 0)
		return (int)-fd;
	return sys(__NR_lseek, fd, &constant, 0) == (long)&constant ? 0 : EIO;
}

static int run(void)
{
	CHECK(sys(__NR_write, fd, "x", 1) == 1);
	CHECK(constant == 'x');
	return 0;
}

PROBE_RAW = {
	.about = "change a constant through an open /proc/self/mem",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.has = "mem_force",
	.expect = { { WORKS, .why = "the kernel forces the write as for a "
				    "debugger: code is as writable as data" } },
	.seen = { "linux: fs/proc/base.c, mem_rw",
		"https://man7.org/linux/man-pages/man5/proc_pid_mem.5.html" },
};
