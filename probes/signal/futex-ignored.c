/* SPDX-License-Identifier: MIT */
/* signal/futex-ignored.c: an ignored signal never reaches a sleeper. */
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
	.about = "wait on a futex with a time-out; an ignored signal, then a "
		 "wake",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.untraced = true,
	.expect = {
		{ WORKS, .why = "the signal is dropped when it is sent; see "
				"futex-ignored-traced" },
	},
	.seen = { "Linux kernel/signal.c, sig_ignored" },
};
