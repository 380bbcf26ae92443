/* SPDX-License-Identifier: MIT */
/* thread/tsync-race.c: a filter that reaches a thread before it is one. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;

static void *worker(void *arg)
{
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	return pthread_create(&thread, NULL, worker, NULL);
}

static int run(void)
{
	return pthread_join(thread, NULL);
}

PROBE = {
	.about = "arm with TSYNC right behind pthread_create()",
	.setup = setup,
	.run = run,
	.under = "four-tsync",
	.flavours = "!musl",
	.repeat = 5,
	.expect = {
		{ WORKS, .under = "four-tsync", .or = true,
			.why = "the thread was quick" },
		{ LOSES("rseq|set_robust_list|rt_sigprocmask"),
			.why = "libc was still setting it up when the filter "
			       "came over it" },
	},
	.seen = { "glibc 2.36 nptl/pthread_create.c, start_thread" },
};
