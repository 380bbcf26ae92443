/* SPDX-License-Identifier: MIT */
/* exit/abort-handled.c: a crash reporter on SIGABRT is never called. */
#include "probe.h"

#include <stdlib.h>

static void report(int sig)
{
	(void)sig;
	sys_exit(7);
}

static int setup(void)
{
	return signal(SIGABRT, report) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	abort();
}

PROBE = {
	.about = "call abort() with a handler that leaves by raw exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+abort",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS, .under = "four+abort" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "the signal cannot be raised, so the handler "
			       "does not run; then hlt" },
		{ MASKS(SIGABRT, "gettid"), .libc = GLIBC(2, 41) },
		{ MASKS(SIGABRT, "rt_sigprocmask") },
	},
	.seen = { "glibc 2.36 stdlib/abort.c", "musl 1.2.3 src/exit/abort.c" },
};
