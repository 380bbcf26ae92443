/* SPDX-License-Identifier: MIT */
/* exit/assert-warm.c: a failed assertion in a program that has allocated. */
#undef NDEBUG
#include "probe.h"

#include <assert.h>
#include <stdlib.h>

static int setup(void)
{
	void *volatile p = malloc(4000);

	free(p);
	return p ? 0 : ENOMEM;
}

static int run(void)
{
	assert(probe_wrong(0) == 0);
	return 0;
}

PROBE = {
	.about = "a failed assert() with a warm heap",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "abort's hlt" },
		{ MASKS(SIGABRT, "writev"), .flavour = "musl" },
		{ MASKS(SIGABRT, "writev"), .libc = GLIBC(2, 43),
			.why = "the text goes out past stdio, and is lost" },
		{ MASKS(SIGABRT, "mmap|mmap2"),
			.why = "the text is out; a copy of it for debuggers "
			       "(__abort_msg) wants pages of its own" },
	},
	.seen = {
		"glibc 2.36 assert/assert.c",
		"glibc 2.43 sysdeps/posix/libc_fatal.c",
		"musl 1.2.3 src/exit/assert.c",
	},
};
