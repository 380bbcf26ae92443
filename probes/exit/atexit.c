/* SPDX-License-Identifier: MIT */
/*
 * exit/atexit.c: at-exit handlers run before the refused exit_group, last
 * registered first; one that leaves by the raw exit saves the status.
 */
#include "probe.h"

#include <stdlib.h>

static int order;

static void first(void)
{
	sys_exit(order == 32 ? 7 : 9);
}

static void second(void)
{
	order = order * 10 + 2;
}

static void third(void)
{
	order = 3;
}

static int setup(void)
{
	return atexit(first) || atexit(second) || atexit(third) ? ENOMEM : 0;
}

static int run(void)
{
	exit(3);
}

PROBE = {
	.about = "exit() with three handlers, the last of which leaves by raw "
		 "exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man3/atexit.3.html" },
};
