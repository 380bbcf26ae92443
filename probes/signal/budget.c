/* SPDX-License-Identifier: MIT */
/* signal/budget.c: a limit of processor time, set before the filter, holds. */
#include "probe.h"

#include <sys/time.h>

static int setup(void)
{
	struct itimerval t = { .it_value.tv_usec = 4000 };

	return setitimer(ITIMER_VIRTUAL, &t, NULL) ? errno : 0;
}

static int run(void)
{
	for (volatile int i = 0;; i++)
		;
	return 0;
}

PROBE = {
	.about = "run for ever with an interval timer of 4 ms",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm",
	.dies_of = SIGVTALRM,
	.expect = {
		{ CRASHES(SIGVTALRM) },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/setitimer.2.html" },
};
