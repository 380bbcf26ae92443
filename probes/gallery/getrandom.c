/* SPDX-License-Identifier: MIT */
/* gallery/getrandom.c: the heap wants a random key. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	void *volatile p = malloc(10);

	return p ? 0 : ENOMEM;
}

PROBE = {
	.about = "the first malloc(10) without getrandom",
	.run = run,
	.under = "no-getrandom no-getrandom-enosys",
	.symptom = "file(1) dies in its first malloc on a newer libc",
	.diagnosis = "the filter killed it at getrandom: the heap's first use*",
	.expect = {
		{ WORKS, .under = "*-enosys", .why = "the key is no secret then: "
			"addresses and the time" },
		{ WORKS, .flavour = "musl" },
		{ WORKS, .flavour = "glibc-static",
			.why = "its heap is warm at main" },
		{ WORKS, .libc = GLIBC(2, 42), .why = "the key is made before "
			"main: elf/libc_early_init.c" },
		{ DIES("getrandom"), .libc = GLIBC(2, 36) },
		{ WORKS },
	},
	.seen = { "https://github.com/file/file/commit/ee58ea03" },
};
