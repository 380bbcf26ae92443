/* SPDX-License-Identifier: MIT */
/* signal/siglongjmp.c: the jump that also restores the mask. */
#include "probe.h"

#include <setjmp.h>
#include <unistd.h>

static int fd[2];
static sigjmp_buf env;

static void handler(int sig)
{
	(void)sig;
	siglongjmp(env, 1);
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

	if (sigsetjmp(env, 1))
		return 0;
	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "read an empty pipe; the handler leaves by siglongjmp",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigprocmask",
	.expect = {
		{ WORKS, .under = "four+rt_sigprocmask" },
		{ WORKS, .under = "four-eperm four-enosys",
			.why = "nobody looks at what rt_sigprocmask says; the "
			       "signal stays blocked" },
		{ DIES("rt_sigprocmask") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
