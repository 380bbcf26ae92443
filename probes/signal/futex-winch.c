/* SPDX-License-Identifier: MIT */
/* signal/futex-winch.c: a resized terminal and a timed wait. */
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
	return word ? probe_signal_me(SIGWINCH, then) : ENOMEM;
}

static int run(void)
{
	return (int)-probe_wait_timed(word, 0);
}

PROBE = {
	.about = "wait on a futex with a time-out; SIGWINCH by default, then a "
		 "wake",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.untraced = true,
	.expect = {
		{ WORKS, .why = "a signal whose default is to do nothing is "
				"dropped as an ignored one" },
	},
	.seen = { "Linux kernel/signal.c, sig_handler_ignored" },
};
