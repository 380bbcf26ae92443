/* SPDX-License-Identifier: MIT */
/* signal/longjmp.c: a handler that jumps out needs no rt_sigreturn. */
#include "probe.h"

#include <setjmp.h>
#include <unistd.h>

static int fd[2];
static jmp_buf env;

static void handler(int sig)
{
	(void)sig;
	_longjmp(env, 1);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	if (_setjmp(env))
		return 0;
	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "read an empty pipe; the handler leaves by longjmp",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS, .why = "the signal stays blocked, for the mask is "
				"part of what rt_sigreturn restores" },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
