/* SPDX-License-Identifier: MIT */
/* libc/sem_open.c: a named semaphore is a file, mapped. */
#include "probe.h"

#include <fcntl.h>
#include <semaphore.h>

static int run(void)
{
	return sem_open("/quartet-absent", 0) == SEM_FAILED ? errno : 0;
}

static int run_missing(void)
{
	int err = run();

	return err == ENOENT ? 0 : err;
}

PROBE = {
	.about = "sem_open of a name that does not exist",
	.run = run_missing,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("brk"), .flavour = "musl",
			.why = "its table comes from the heap" },
		{ DIES("openat") },
	},
	.seen = { "glibc 2.36 sysdeps/pthread/sem_open.c",
		"musl 1.2.3 src/thread/sem_open.c" },
};
