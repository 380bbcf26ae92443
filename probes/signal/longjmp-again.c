/* SPDX-License-Identifier: MIT */
/* signal/longjmp-again.c: signals handled for ever within the four calls. */
#include "probe.h"

#include <setjmp.h>
#include <unistd.h>

static int fd[2];
static volatile int count;
static jmp_buf env;

static void handler(int sig)
{
	(void)sig;
	count++;
	_longjmp(env, 1);
}

static int then(void)
{
	return kill(getppid(), SIGUSR1);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_NODEFER };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	char c;

	_setjmp(env);
	if (count == 2)
		return 0;
	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "two signals; an SA_NODEFER handler leaves by longjmp",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS, .why = "SA_NODEFER never blocks the signal, so "
				"nothing is to be restored" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaction.2.html" },
};
