/* SPDX-License-Identifier: MIT */
/*
 * escape/io-uring.c: a ring that was set up before, with a kernel thread that
 * polls it: calls are made by stores, and no filter sees them.
 */
#include "probe.h"

#include <fcntl.h>
#include <linux/io_uring.h>

static struct io_uring_params params = { .flags = IORING_SETUP_SQPOLL,
	.sq_thread_idle = 3600000 };
static struct io_uring_sqe *sqe;
static long fd;
static char *ring;

/* Submits the one entry for the N-th time; returns its result. */
static int submit(unsigned int n, bool wake)
{
	volatile unsigned int *tail = (void *)(ring + params.cq_off.tail);
	struct io_uring_cqe *cqes = (void *)(ring + params.cq_off.cqes);

	__atomic_store_n((unsigned int *)(ring + params.sq_off.tail), n,
		__ATOMIC_SEQ_CST);
	if (wake)
		sys(__NR_io_uring_enter, fd, 1, 0, IORING_ENTER_SQ_WAKEUP);
	while (*tail != n)
		probe_nap(100000);
	return cqes[n - 1].res;
}

/* The thread sleeps until it is first woken; from then on it polls. */
static int setup(void)
{
	fd = sys(__NR_io_uring_setup, 1, &params);
	if (fd < 0)
		return (int)-fd;
	ring = (char *)sys_mmap(4096, 3, 1, fd, IORING_OFF_SQ_RING);
	sqe = (void *)sys_mmap(4096, 3, 1, fd, IORING_OFF_SQES);
	sqe->opcode = IORING_OP_NOP;
	return -submit(1, true);
}

static int run(void)
{
	int ret;

	*sqe = (struct io_uring_sqe){ .opcode = IORING_OP_OPENAT,
		.fd = AT_FDCWD,
		.addr = (uintptr_t) "outside/proof",
		.len = 0600,
		.open_flags = O_CREAT | O_WRONLY };
	ret = submit(2, false);
	/* exit would leave the ring's thread behind: escape/io-uring-exit. */
	if (!probe_unfiltered())
		__builtin_trap();
	for (;;)
		sys(__NR_exit_group, ret < 0);
}

PROBE_RAW = {
	.about = "create a file by a polled io_uring set up before",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync",
	.has = "io_uring",
	PROBE_EXITS(0),
	.expect = { { ESCAPES("file proof"),
		.why = "the ring's kernel thread "
		       "makes the call; seccomp looks at system call entries "
		       "only" } },
	.seen = { "https://man7.org/linux/man-pages/man2/io_uring_setup.2.html",
		"linux: io_uring/sqpoll.c, io_sq_thread" },
};
