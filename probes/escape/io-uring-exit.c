/* SPDX-License-Identifier: MIT */
/*
 * escape/io-uring-exit.c: the ring's kernel thread counts as a thread of the
 * process and shares its descriptors: exit of the only real thread ends
 * neither it nor the process.
 */
#include "probe.h"

#include <linux/io_uring.h>

static struct io_uring_params params = { .flags = IORING_SETUP_SQPOLL };
static long fd;

static int setup(void)
{
	fd = sys(__NR_io_uring_setup, 1, &params);
	return fd < 0 ? (int)-fd : 0;
}

static int run(void)
{
	if (probe_unfiltered())
		sys(__NR_close, fd);
	return 0;
}

PROBE_RAW = {
	.about = "exit with a polled io_uring open",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.has = "io_uring",
	.expect = { { ZOMBIE,
		.why = "exit_group would take the kernel thread "
		       "along, exit leaves it: a zombie leader for ever" } },
	.seen = { "linux: io_uring/sqpoll.c, io_sq_offload_create",
		"https://man7.org/linux/man-pages/man2/io_uring_setup.2.html" },
};
