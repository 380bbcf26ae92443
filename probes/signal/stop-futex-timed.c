/* SPDX-License-Identifier: MIT */
/* signal/stop-futex-timed.c: the call behind every stopped time-out. */
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

PROBE_RAW = {
	.about = "wait on a futex with a time-out; SIGSTOP, SIGCONT, then a "
		 "wake",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+restart_syscall",
	.expect = {
		{ WORKS, .under = "four+restart_syscall" },
		{ FAILS(EPERM), .under = "four-eperm",
			.why = "restart_syscall's refusal comes out of futex" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("restart_syscall"), .why = "the kernel goes on with the "
			"rest of the time by a call that the program never "
			"makes" },
	},
	.covers = "seccomp_bpf/syscall_restart",
	.seen = {
		"Linux kernel/futex/waitwake.c, futex_wait",
		"https://man7.org/linux/man-pages/man2/restart_syscall.2.html",
		"https://github.com/moby/moby/issues/20818",
	},
};
