/* SPDX-License-Identifier: MIT */
/* exit/assert.c: a failed assertion in a program that never allocated. */
#undef NDEBUG
#include "probe.h"

#include <assert.h>

static int run(void)
{
	assert(probe_wrong(0) == 0);
	return 0;
}

PROBE = {
	.about = "a failed assert() with a cold heap",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "no way to raise the signal: hlt" },
		{ MASKS(SIGABRT, "writev"), .flavour = "musl",
			.why = "stdio is writev alone: the text is lost" },
		{ MASKS(SIGABRT, "writev"), .flavour = "glibc-static",
			.libc = GLIBC(2, 43),
			.why = "the heap is warm, and the text goes out past "
			       "stdio" },
		{ MASKS(SIGABRT, "mmap"), .flavour = "glibc-static",
			.why = "the heap is warm; the text is out, then a copy "
			       "for debuggers wants memory" },
		{ MASKS(SIGABRT, "brk"), .libc = GLIBC(2, 42),
			.why = "the message is looked up in a catalogue, which "
			       "allocates. The text is lost" },
		{ MASKS(SIGABRT, "getrandom"), .libc = GLIBC(2, 36),
			.why = "the message is built by asprintf: the first "
			       "allocation. The text is lost" },
	},
	.seen = {
		"glibc 2.36 assert/assert.c",
		"glibc 2.43 sysdeps/posix/libc_fatal.c, intl/dcigettext.c",
		"musl 1.2.3 src/exit/assert.c",
	},
};
