/* SPDX-License-Identifier: MIT */
/* libc/sigsys-handler.c: a program that catches SIGSYS sees the call, and
 * cannot go on from it. */
#include "probe.h"

#include <setjmp.h>
#include <unistd.h>

static sigjmp_buf back;
static volatile int caught;

static void handler(int sig)
{
	caught = sig;
	siglongjmp(back, 1);
}

static int setup(void)
{
	return signal(SIGSYS, handler) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	if (!sigsetjmp(back, 0)) {
		getpid();
		return probe_unfiltered() ? 0 : EIO;
	}
	return caught == SIGSYS ? 0 : EIO;
}

PROBE = {
	.about = "raise the refused getpid under a handler that jumps away",
	.setup = setup,
	.run = run,
	.under = "four-trap four",
	.expect = {
		{ WORKS, .under = "four-trap",
			.why = "a jump out of a handler needs no "
			       "rt_sigreturn" },
		{ DIES("getpid"),
			.why = "a kill by the filter is not a signal that "
			       "can be caught" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
