/* SPDX-License-Identifier: MIT */
/* signal/overflow.c: a stack overflow with nowhere to run a handler. */
#include "probe.h"

#include <sys/resource.h>

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };
	struct rlimit small = { 256 * 1024, 256 * 1024 };

	return setrlimit(RLIMIT_STACK, &small) || sigaction(SIGSEGV, &sa, NULL)
		       ? errno
		       : 0;
}

__attribute__((noinline)) static int deeper(volatile char *above, int n)
{
	volatile char here[4096];

	here[0] = *above;
	return n ? deeper(here, n - 1) + here[0] : 0;
}

static int run(void)
{
	volatile char first = 0;

	return deeper(&first, 1000) + 1;
}

PROBE = {
	.about = "overflow the stack; the SIGSEGV handler has no stack",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.dies_of = SIGSEGV,
	.expect = {
		{ CRASHES(SIGSEGV) },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaltstack.2.html" },
};
