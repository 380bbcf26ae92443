/* SPDX-License-Identifier: MIT */
/* exit/err.c: the way most programs end when something goes wrong. */
#include "probe.h"

#include <err.h>

static int run(void)
{
	errno = ENOENT;
	err(7, "quartet");
}

PROBE = {
	.about = "err(7, ...): a message to stderr, then exit",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group four+exit_group+writev",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ DIES("brk"), .flavour = "!glibc-static",
			.libc = GLIBC(2, 42),
			.why = "the words for the errno are looked up in a "
			"catalogue, which allocates; the tcache key was made "
			"before main" },
		{ DIES("getrandom"), .flavour = "!glibc-static",
			.libc = GLIBC(2, 41), .why = "the words for the errno "
			"are looked up in a catalogue, which allocates" },
		{ WORKS, .under = "four+exit_group+writev" },
		{ WORKS, .under = "four+exit_group", .flavour = "!musl" },
		{ WORKS, .under = "four-eperm four-enosys" },
		{ DIES("writev"), .libc = MUSL(1, 2, 0),
			.why = "the message itself is refused: nobody reads "
			       "it" },
		{ DIES("exit_group") },
	},
	.seen = { "glibc 2.42 elf/libc_early_init.c, __ptmalloc_init",
		"musl 1.2.3 src/stdio/__stdio_write.c",
		"https://github.com/memcached/memcached/issues/347" },
};
