/* SPDX-License-Identifier: MIT */
/* exit/no-exit.c: neither way out is allowed, and the refusal is an errno. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	exit(7);
}

PROBE = {
	.about = "exit(7) where exit and exit_group return EPERM",
	.run = run,
	.under = "three-eperm",
	PROBE_EXITS(7),
	.expect = {
		{ HANGS, .libc = MUSL(1, 2, 0), .why = "_Exit calls exit in a "
			"loop: it spins for ever" },
		{ CRASHES(SIGSEGV), .why = "glibc puts a hlt behind the two "
			"calls, which is a general protection fault" },
	},
	.seen = { "https://github.com/moby/moby/issues/40205",
		"musl 1.2.3 src/exit/_Exit.c" },
};
