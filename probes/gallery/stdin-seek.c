/* SPDX-License-Identifier: MIT */
/* gallery/stdin-seek.c: at the end, what was read too far is given back. */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>

static FILE *in;

static int setup(void)
{
	in = fopen("/proc/self/status", "r");
	return in && getc(in) != EOF ? 0 : EIO;
}

static int run(void)
{
	exit(fflush(NULL));
}

PROBE = {
	.about = "exit with unread input without lseek",
	.setup = setup,
	.run = run,
	.under = "no-lseek",
	.flavours = "!i386",
	PROBE_EXITS(0),
	.symptom = "all is read and written, and the program dies as it ends",
	.diagnosis = "the filter killed it at lseek: *",
	.expect = {
		{ DIES("lseek") },
	},
	.seen = { "glibc 2.36 libio/genops.c, _IO_cleanup",
		"https://pubs.opengroup.org/onlinepubs/9699919799/functions/"
		"exit.html" },
};
