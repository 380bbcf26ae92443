/* SPDX-License-Identifier: MIT */
/* gallery/tcgets.c: to be started from a shell makes a difference. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static FILE *null;

static int setup(void)
{
	return dup2(open("/dev/null", O_WRONLY), 1) < 0 ? errno : 0;
}

static int run(void)
{
	null = stdout;
	return fputs("hello\n", null) < 0 || fflush(null) ? errno : 0;
}

PROBE = {
	.about = "the first write to a character device without ioctl",
	.setup = setup,
	.run = run,
	.under = "no-ioctl",
	.symptom = "tests pass; started from a terminal, it is killed",
	.diagnosis = "the filter killed it at ioctl: stdio's first use of a "
		     "stream",
	.expect = {
		{ DIES("ioctl"), .why = "a terminal is written line by line: "
			"stdio asks" },
	},
	.seen = { "https://github.com/firecracker-microvm/firecracker/pull/2202" },
};
