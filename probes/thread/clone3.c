/* SPDX-License-Identifier: MIT */
/* thread/clone3.c: an errno that lies: EPERM where ENOSYS was meant. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "start a thread where clone is allowed and clone3 refused",
	.run = run,
	.under = "four+threads-clone3-eperm four+threads-clone3-enosys",
	.expect = {
		{ WORKS, .under = "four+threads-clone3-enosys", .why = "libc "
			"falls back to clone" },
		{ WORKS, .libc = MUSL(1, 2, 0),
			.why = "musl does not know clone3" },
		{ FAILS(EPERM), .libc = GLIBC(2, 34),
			.why = "any errno but ENOSYS is taken at its word" },
	},
	.seen = {
		"https://github.com/moby/moby/pull/42681",
		"glibc 2.36 sysdeps/unix/sysv/linux/clone-internal.c",
	},
};
