/* SPDX-License-Identifier: MIT */
/* gallery/prlimit64.c: where does my stack end? */
#include "probe.h"

#include <pthread.h>

static int run(void)
{
	pthread_attr_t attr;

	return pthread_getattr_np(pthread_self(), &attr);
}

PROBE = {
	.about = "the main thread's attributes without prlimit64, or without "
		 "sched_getaffinity",
	.run = run,
	.under = "no-prlimit64 no-sched_getaffinity no-mremap",
	.symptom = "every tab of the browser crashes",
	.diagnosis = "the filter killed it at prlimit64: a thread asks where "
		     "its stack is",
	.expect = {
		{ DIES("mremap"), .under = "no-mremap", .flavour = "musl" },
		{ WORKS, .under = "no-mremap" },
		{ WORKS, .flavour = "musl" },
		{ WORKS, .under = "no-prlimit64", .flavour = "i386",
			.why = "it asks by ugetrlimit" },
		{ DIES("prlimit64"), .under = "no-prlimit64" },
		{ DIES("sched_getaffinity") },
	},
	.seen = { "https://github.com/NixOS/nixpkgs/issues/24295" },
};
