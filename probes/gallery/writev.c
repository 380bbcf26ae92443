/* SPDX-License-Identifier: MIT */
/* gallery/writev.c: what glibc says at the end of a corrupt heap. */
#include "probe.h"

#include <stdlib.h>

static void *p;

static int setup(void)
{
	p = malloc(3000);
	return p && malloc(10) ? 0 : ENOMEM;
}

static int run(void)
{
	void *volatile again = p;

	free(again);
	free(again);
	return 0;
}

PROBE = {
	.about = "free twice, where writev is missing",
	.setup = setup,
	.run = run,
	.under = "no-writev",
	.flavours = "glibc glibc-static",
	.dies_of = SIGABRT,
	.symptom = "a filter violation in the path of a fatal message, and "
		   "no message",
	.diagnosis = "the filter's kill at writev hides a crash: without it "
		     "SIGABRT had ended it, by *",
	.expect = {
		{ MASKS(SIGABRT, "writev") },
	},
	.seen = { "https://bugzilla.mindrot.org/show_bug.cgi?id=3512" },
};
