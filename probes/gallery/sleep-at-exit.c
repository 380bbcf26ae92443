/* SPDX-License-Identifier: MIT */
/* gallery/sleep-at-exit.c: the missing call is made at the end alone. */
#include "probe.h"

#include <stdlib.h>
#include <time.h>

static void wait_for_others(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static int setup(void)
{
	return atexit(wait_for_others) ? ENOMEM : 0;
}

static int run(void)
{
	exit(0);
}

PROBE = {
	.about = "exit(0) with a handler that sleeps, without clock_nanosleep",
	.setup = setup,
	.run = run,
	.under = "no-clock_nanosleep",
	PROBE_EXITS(0),
	.symptom = "dhcpcd works, and dumps core each time it ends",
	.diagnosis = "the filter killed it at clock_nanosleep: the end of the "
		     "process: exit handlers, stdio",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ DIES("clock_nanosleep"), .libc = GLIBC(2, 31) },
		{ WORKS },
	},
	.seen = { "https://github.com/NetworkConfiguration/dhcpcd/issues/128" },
};
