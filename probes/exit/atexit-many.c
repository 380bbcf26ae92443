/* SPDX-License-Identifier: MIT */
/* exit/atexit-many.c: libc keeps 32 handlers in place, then allocates. */
#include "probe.h"

#include <stdlib.h>

static void nothing(void)
{
}

static int run(void)
{
	for (int i = 0; i < 40; i++)
		CHECK(!atexit(nothing));
	return 0;
}

PROBE = {
	.about = "register 40 at-exit handlers",
	.run = run,
	.under = "four four-process four-trap four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .flavour = "glibc-static",
			.why = "static start-up has warmed the heap" },
		{ DIES("brk"), .libc = MUSL(1, 2, 0) },
		{ DIES("brk"), .libc = GLIBC(2, 42),
			.why = "the tcache key is made before main" },
		{ DIES("getrandom"), .libc = GLIBC(2, 36),
			.why = "the first allocation makes the tcache key" },
	},
	.seen = {
		"glibc 2.36 stdlib/cxa_atexit.c, __new_exitfn: 32 slots",
		"glibc 2.42 elf/libc_early_init.c, __ptmalloc_init",
		"musl 1.2.3 src/exit/atexit.c: COUNT 32",
	},
};
