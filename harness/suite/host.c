/* SPDX-License-Identifier: MIT */
/* host.c: workers on the kernel that this runs on. */
#include "suite/kernel.h"
#include "suite/worker.h"

static int work_here(const struct kernel_start *st, int out)
{
	return worker_main(st->s, st->share, st->no, st->base, out);
}

static pid_t start_here(const struct kernel_start *st, int *records)
{
	return kernel_fork(work_here, st, records);
}

const struct kernel kernel_host = {
	.name = "host",
	.about = "the kernel that this runs on",
	.start = start_here,
};
