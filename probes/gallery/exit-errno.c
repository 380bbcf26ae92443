/* SPDX-License-Identifier: MIT */
/* gallery/exit-errno.c: a process that may not end. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	_exit(7);
}

PROBE = {
	.about = "_exit(7) where both exits answer EPERM",
	.run = run,
	.under = "three-eperm",
	.flavours = "musl glibc glibc-static i386",
	PROBE_EXITS(7),
	.symptom = "a processor is busy for ever, and the container is said "
		   "to run",
	.diagnosis = "its end was refused more than 1000 times, and it tries again",
	.expect = {
		{ HANGS, .libc = MUSL(1, 2, 0), .why = "it asks in a loop" },
		{ CRASHES(SIGSEGV), .why = "glibc puts a hlt behind the two "
			"calls" },
	},
	.seen = { "https://github.com/moby/moby/issues/40205",
		"https://github.com/kubernetes/kubernetes/issues/85191" },
};
