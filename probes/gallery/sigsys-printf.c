/* SPDX-License-Identifier: MIT */
/* gallery/sigsys-printf.c: the report of a refusal is refused. */
#include "probe.h"

#include <stdio.h>
#include <unistd.h>

static void handler(int sig)
{
	printf("refused, by signal %d\n", sig);
}

static int setup(void)
{
	return signal(SIGSYS, handler) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	getpid();
	return 0;
}

PROBE = {
	.about = "a handler of SIGSYS prints, under a filter that traps",
	.setup = setup,
	.run = run,
	.under = "four-trap",
	.symptom = "a handler that names the refused call, and no message at "
		   "all",
	.diagnosis = "the filter killed it at *",
	.expect = {
		{ DIES("fstat|newfstatat|statx|ioctl"), .why = "the signal is "
			"blocked in its own handler: the second is a kill" },
	},
	.seen = { "https://github.com/hyperboria/bugs/pull/12",
		"https://github.com/memcached/memcached/issues/408" },
};
