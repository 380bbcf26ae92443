/* SPDX-License-Identifier: MIT */
/* exit/destructor.c: the program's own destructors run before exit_group. */
#include "probe.h"

#include <stdlib.h>

static bool armed;

__attribute__((destructor)) static void leave(void)
{
	if (armed)
		sys_exit(7);
}

static int run(void)
{
	armed = true;
	exit(3);
}

PROBE = {
	.about = "exit() with a destructor that leaves by raw exit(7)",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = { { WORKS } },
	.seen = { "https://gcc.gnu.org/onlinedocs/gcc/"
		  "Common-Function-Attributes.html" },
};
