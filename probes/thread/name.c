/* SPDX-License-Identifier: MIT */
/* thread/name.c: naming a thread is prctl. */
#include "probe.h"

#include <pthread.h>

static int run(void)
{
	return pthread_setname_np(pthread_self(), "quartet");
}

PROBE = {
	.about = "name the calling thread",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+prctl",
	.expect = {
		{ WORKS, .under = "four+prctl" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("prctl") },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_setname.c",
		"musl 1.2.3 src/thread/pthread_setname_np.c",
	},
};
