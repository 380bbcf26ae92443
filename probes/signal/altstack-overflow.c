/* SPDX-License-Identifier: MIT */
/* signal/altstack-overflow.c: a stack overflow is caught on the alternate
 * stack. */
#include "probe.h"

#include <sys/resource.h>

static char stack[65536];

static int alternate(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	return sigaltstack(&ss, NULL);
}

static void handler(int sig)
{
	sys_exit(sig == SIGSEGV ? 7 : 9);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
	struct rlimit small = { 256 * 1024, 256 * 1024 };

	return setrlimit(RLIMIT_STACK, &small) || alternate() ||
			       sigaction(SIGSEGV, &sa, NULL)
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
	.about = "overflow the stack; SIGSEGV is handled elsewhere by raw "
		 "exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaltstack.2.html" },
};
