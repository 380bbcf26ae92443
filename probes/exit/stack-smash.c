/* SPDX-License-Identifier: MIT */
/* exit/stack-smash.c: what glibc's stack protector says, it cannot say. */
#pragma GCC optimize("stack-protector-all")
#include "probe.h"

__attribute__((noinline)) static void smash(size_t n)
{
	volatile char buf[16];
	volatile char *volatile p = buf;

	while (n--)
		p[n] = 'x';
}

static int run(void)
{
	smash(64);
	return 0;
}

PROBE = {
	.about = "overrun a protected buffer on the stack",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.flavours = "!musl",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "abort's hlt, with the message lost" },
		{ MASKS(SIGABRT, "writev"), .why = "__libc_message writes its "
			"pieces with one writev" },
	},
	.seen = { "glibc 2.36 sysdeps/posix/libc_fatal.c",
		"https://bugzilla.mindrot.org/show_bug.cgi?id=3512" },
};
