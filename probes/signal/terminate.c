/* SPDX-License-Identifier: MIT */
/* signal/terminate.c: a default signal from outside. */
#include "probe.h"

static int never;

static int setup(void)
{
	return probe_signal_me(SIGTERM, NULL);
}

static int run(void)
{
	probe_pass(&never);
	return 0;
}

PROBE = {
	.about = "wait on a futex for ever; SIGTERM by default",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.dies_of = SIGTERM,
	.expect = {
		{ CRASHES(SIGTERM) },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
