/* SPDX-License-Identifier: MIT */
/* signal/thread-chosen.c: a signal sent to a process finds the thread that
 * takes it. */
#include "probe.h"

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
	       kill(getppid(), SIGUSR1);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };
	sigset_t set;

	if (sigaction(SIGUSR1, &sa, NULL) ||
		probe_thread(worker, &err, &done) < 0)
		return EAGAIN;
	probe_pass(&ready);
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return err || pipe(pipes) || probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	write(pipes[1], "!", 1);
	probe_join(&done);
	return 0;
}

PROBE = {
	.about = "a signal to the process, which the leader blocks and a "
		 "worker takes",
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
	.seen = { "Linux kernel/signal.c, complete_signal" },
};
