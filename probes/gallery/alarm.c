/* SPDX-License-Identifier: MIT */
/* gallery/alarm.c: what the handler of a time-out calls. */
#include "probe.h"

#include <unistd.h>

static int *word, who;

static void handler(int sig)
{
	(void)sig;
	who = getpid();
}

static int setup(void)
{
	word = probe_shared();
	if (!word || signal(SIGALRM, handler) == SIG_ERR)
		return ENOMEM;
	return probe_signal_me(SIGALRM, NULL);
}

static int run(void)
{
	probe_wait_timed(word, 0);
	return who ? 0 : ETIME;
}

PROBE = {
	.about = "a handler of SIGALRM without getpid, or without rt_sigreturn",
	.setup = setup,
	.run = run,
	.under = "no-getpid no-rt_sigreturn",
	.symptom = "sshd's child is killed after the time for a login is up, "
		   "and then alone",
	.diagnosis = "the filter killed it at getpid: *",
	.expect = {
		{ DIES("getpid"), .under = "no-getpid" },
		{ WORKS, .flavour = "i386",
			.why = "without SA_SIGINFO the older return is taken" },
		{ DIES("rt_sigreturn") },
	},
	.seen = { "https://bugzilla.mindrot.org/show_bug.cgi?id=2419",
		"https://github.com/genodelabs/genode/issues/3799" },
};
