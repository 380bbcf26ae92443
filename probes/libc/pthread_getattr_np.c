/* SPDX-License-Identifier: MIT */
/* libc/pthread_getattr_np.c: where is the main thread's stack? glibc reads it
 * in /proc; musl feels its way with mremap. Garbage collectors and language
 * run times ask at their start. */
#include "probe.h"

#include <pthread.h>

static int run(void)
{
	pthread_attr_t attr;
	size_t size;
	void *at;

	CHECK(pthread_getattr_np(pthread_self(), &attr) == 0);
	CHECK(pthread_attr_getstack(&attr, &at, &size) == 0 && size);
	return 0;
}

PROBE = {
	.about = "pthread_getattr_np of the main thread",
	.run = run,
	.under = "four four+heap four+files",
	.expect = {
		{ WORKS, .flavour = "musl", .under = "four+heap four+files" },
		{ DIES("mremap"), .flavour = "musl" },
		{ DIES("sched_getaffinity"), .under = "four+files",
			.why = "the attributes have the processors in them" },
		{ DIES("openat"), .under = "four+heap" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 nptl/pthread_getattr_np.c",
		"musl 1.2.3 src/thread/pthread_getattr_np.c",
		"https://github.com/NixOS/nixpkgs/issues/24295" },
};
