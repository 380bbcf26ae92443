/* SPDX-License-Identifier: MIT */
/* gallery/restart.c: a call that no program makes. */
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
	return word ? probe_signal_me(SIGSTOP, then) : ENOMEM;
}

static int run(void)
{
	return (int)-probe_wait_timed(word, 0);
}

PROBE = {
	.about = "a timed wait is stopped and continued without "
		 "restart_syscall",
	.setup = setup,
	.run = run,
	.under = "no-restart_syscall",
	.symptom = "the tracing daemon in a container is killed, at a call "
		   "that is not in its source",
	.diagnosis = "the filter killed it at restart_syscall: the kernel goes "
		     "on with a wait that a signal or a stop interrupted",
	.expect = {
		{ DIES("restart_syscall") },
	},
	.seen = { "https://github.com/moby/moby/issues/20818",
		"https://github.com/firecracker-microvm/firecracker/issues/5040" },
};
