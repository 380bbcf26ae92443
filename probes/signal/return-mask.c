/* SPDX-License-Identifier: MIT */
/* signal/return-mask.c: rt_sigreturn sets the signal mask as it likes. */
#include "probe.h"

#include <ucontext.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	sigfillset(&uc->uc_sigmask);
}

/* Deadly, were it not blocked. */
static int then(void)
{
	if (kill(getppid(), SIGALRM))
		return 1;
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_sigaction = handler,
		.sa_flags = SA_SIGINFO | SA_RESTART };

	return pipe(fd) || sigaction(SIGUSR1, &sa, NULL)
		       ? errno
		       : probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	char c;

	return read(fd[0], &c, 1) == 1 ? 0 : errno;
}

PROBE = {
	.about = "a handler blocks all signals in the frame it returns to",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigreturn",
	.expect = {
		{ WORKS, .under = "four+rt_sigreturn", .why = "what "
			"rt_sigreturn buys also lets the program shut out "
			"SIGALRM and SIGTERM without rt_sigprocmask" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys" },
		{ DIES("rt_sigreturn") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
