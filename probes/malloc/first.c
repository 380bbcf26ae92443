/* SPDX-License-Identifier: MIT */
/* malloc/first.c: the first allocation of a cold heap. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	void *volatile p = malloc(10);

	return p ? 0 : ENOMEM;
}

PROBE = {
	.about = "the process's first malloc(10)",
	.run = run,
	.under = "four four-process four-trap",
	.expect = {
		{ WORKS, .flavour = "glibc-static", .why = "the heap is warm at "
			"main: _dl_non_dynamic_init calls malloc for the library "
			"search path" },
		{ DIES("brk"), .libc = GLIBC(2, 42), .why = "the tcache key is "
			"made before main, in __libc_early_init" },
		{ DIES("getrandom"), .libc = GLIBC(2, 36), .why = "the tcache "
			"key comes from getrandom, before the heap itself" },
		{ DIES("brk"), .libc = MUSL(1, 2, 0) },
	},
	.seen = { "https://sourceware.org/git/?p=glibc.git;a=commit;h="
		  "fc859c304898a5ec72e0ba5269ed136ed0ea10e1",
		"glibc 2.42 elf/libc_early_init.c, __ptmalloc_init" },
};
