/* SPDX-License-Identifier: MIT */
/* gallery/clone3.c: EPERM for clone3 is an answer; ENOSYS is a question back.
 */
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
	.about = "start a thread without clone3",
	.run = run,
	.under = "no-clone3-eperm no-clone3-enosys no-clone3",
	.symptom = "\"getaddrinfo() thread failed to start\", by a container "
		   "engine older than the image's libc",
	.diagnosis = "it exited 1; the filter answers EPERM first to clone3: the start of a thread",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ WORKS, .under = "no-clone3-enosys",
			.why = "ENOSYS sends it back to clone" },
		{ FAILS(EPERM), .under = "no-clone3-eperm",
			.libc = GLIBC(2, 34) },
		{ DIES("clone3"), .libc = GLIBC(2, 34) },
		{ WORKS },
	},
	.seen = { "https://github.com/moby/moby/issues/42680",
		"https://github.com/moby/moby/pull/42681",
		"https://github.com/electron/electron/issues/31091" },
};
