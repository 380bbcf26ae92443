/* SPDX-License-Identifier: MIT */
/* exit/abort.c: abort() opens its signal first, and dies of that. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	abort();
}

PROBE = {
	.about = "call abort()",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+abort",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGABRT), .under = "four+abort" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "no way to raise the signal is left: both libcs "
			       "end in the hlt instruction" },
		{ MASKS(SIGABRT, "gettid"), .libc = GLIBC(2, 41) },
		{ MASKS(SIGABRT, "rt_sigprocmask") },
	},
	.seen = {
		"glibc 2.36 stdlib/abort.c",
		"musl 1.2.3 src/exit/abort.c, src/signal/raise.c",
	},
};
