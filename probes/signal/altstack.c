/* SPDX-License-Identifier: MIT */
/* signal/altstack.c: a handler on its own stack that ends the process. */
#include "probe.h"

#include <unistd.h>

static int fd[2];
static char stack[65536];

static int alternate(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	return sigaltstack(&ss, NULL);
}

static void handler(int sig)
{
	char *here = (char *)&sig;

	sys_exit(here >= stack && here < stack + sizeof(stack) ? 7 : 9);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_ONSTACK };

	if (alternate() || pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "a handler on the alternate stack leaves by raw exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaltstack.2.html" },
};
