/* SPDX-License-Identifier: MIT */
/* signal/longjmp-blocked.c: after a jump out of the handler its signal stays
 * blocked. */
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
	if (kill(getppid(), SIGUSR1))
		return 1;
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	char c;

	_setjmp(env);
	CHECK(read(fd[0], &c, 1) == 1);
	CHECK(count == 1);
	return 0;
}

PROBE = {
	.about = "two signals; the handler of the first leaves by longjmp",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
