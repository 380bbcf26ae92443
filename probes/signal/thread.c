/* SPDX-License-Identifier: MIT */
/* signal/thread.c: a signal sent to one thread, and its handler. */
#include "probe.h"

#include <sys/syscall.h>
#include <unistd.h>

static int done, ready, handled, tid, err, pipes[2];

static void handler(int sig)
{
	handled = sig;
}

static void worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	*(int *)arg = probe_arm();
	probe_open(&ready);
	probe_pass(&handled);
}

static int partner(void)
{
	char c;

	return read(pipes[0], &c, 1) != 1 || probe_wait_asleep(tid) ||
	       syscall(SYS_tgkill, getppid(), tid, SIGUSR1);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (sigaction(SIGUSR1, &sa, NULL) ||
		probe_thread(worker, &err, &done) < 0)
		return EAGAIN;
	probe_pass(&ready);
	return err || pipe(pipes) || probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	write(pipes[1], "!", 1);
	probe_join(&done);
	return 0;
}

PROBE = {
	.about = "a signal to a filtered worker that waits; the leader joins "
		 "it",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-trap four+rt_sigreturn",
	.expect = {
		{ WORKS, .under = "four+rt_sigreturn" },
		{ CRASHES(SIGSEGV), .under = "four-eperm",
			.why = "behind the refused rt_sigreturn is no code of "
			       "its own" },
		{ LOSES("sigreturn"), .flavour = "i386", .under = "four" },
		{ LOSES("rt_sigreturn"), .under = "four" },
		{ DIES("sigreturn"), .flavour = "i386" },
		{ DIES("rt_sigreturn") },
	},
	.covers = "glibc/tst-signal1",
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
