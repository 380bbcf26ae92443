/* SPDX-License-Identifier: MIT */
/* signal/sys-nodefer.c: a SIGSYS handler whose return is trapped again and
 * again. */
#include "probe.h"

#include <sys/resource.h>

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_NODEFER };
	struct rlimit small = { 256 * 1024, 256 * 1024 };

	return setrlimit(RLIMIT_STACK, &small) || sigaction(SIGSYS, &sa, NULL)
		       ? errno
		       : 0;
}

static int run(void)
{
	sys(__NR_getpid);
	return 0;
}

PROBE = {
	.about = "call getpid with an SA_NODEFER SIGSYS handler that returns",
	.setup = setup,
	.run = run,
	.under = "four-trap four-trap+rt_sigreturn",
	.expect = {
		{ WORKS, .under = "four-trap+rt_sigreturn" },
		{ CRASHES(SIGSEGV), .why = "each rt_sigreturn is trapped into "
			"the handler, until the stack is full: no SIGSYS is "
			"ever seen outside" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaction.2.html" },
};
