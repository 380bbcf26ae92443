/* SPDX-License-Identifier: MIT */
/* qemu.h: a kernel in QEMU that runs no cells, but one command. */
#ifndef SUITE_QEMU_H
#define SUITE_QEMU_H

#include <stdbool.h>
#include <stddef.h>

struct qemu_job {
	const char *console; /* the file that it goes to */
	const char *out;     /* a folder that the command may write to */
	const char *memory;  /* a file, of MEMORY_MB, that it sees as memory */
	unsigned memory_mb;
	bool lenient; /* a report that it can live on does not end it */
};

/*
 * Becomes QEMU with the kernel that kernel_find() chose and prepare() found.
 * Its first process is guest_campaign() (guest.h). Returns where that failed.
 */
void qemu_become(const struct qemu_job *job);

#endif
