/* SPDX-License-Identifier: MIT */
/* signal/futex-ignored-traced.c: the same under a tracer: the patient dies of
 * the doctor. */
#include "probe.h"

static int *word;

static int then(void)
{
	probe_open(word);
	return 0;
}

static int setup(void)
{
	word = probe_shared();
	if (!word || signal(SIGUSR1, SIG_IGN) == SIG_ERR)
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	return (int)-probe_wait_timed(word, 0);
}

PROBE = {
	.about = "the same as futex-ignored, traced",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+restart_syscall",
	.expect = {
		{ WORKS, .under = "four+restart_syscall" },
		{ FAILS(EPERM), .under = "four-eperm",
			.why = "restart_syscall's refusal comes out of futex" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("restart_syscall"), .why = "a traced thread is woken by "
			"ignored signals too, for the tracer to see them" },
	},
	.seen = { "Linux kernel/signal.c, sig_ignored: "
		  "only when it is not ptraced" },
};
