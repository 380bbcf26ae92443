/* SPDX-License-Identifier: MIT */
/* signal/stop-futex.c: an untimed futex wait goes on after a stop. */
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
	return (int)-probe_wait(word, 0, -1);
}

PROBE_RAW = {
	.about = "wait on a futex; SIGSTOP, SIGCONT, then a wake",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/waitwake.c, futex_wait: ERESTARTSYS" },
};
