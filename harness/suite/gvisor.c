/* SPDX-License-Identifier: MIT */
/* gvisor.c: an entry that is refused, and says why. */
#include "suite/kernel.h"
#include "sys/failure.h"

static int prepare(void)
{
	failure_say("gvisor: no cell runs there: runsc 20240729 starts by its "
		    "platform systrap, but libseccomp in it takes no filter "
		    "that kills processes, and two of its starts in three "
		    "said nothing at all");
	return 111;
}

const struct kernel kernel_gvisor = {
	.name = "gvisor",
	.about = "refused: no cell runs in runsc yet, run -k gvisor says why",
	.prepare = prepare,
};
