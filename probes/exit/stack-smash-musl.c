/* SPDX-License-Identifier: MIT */
/* exit/stack-smash-musl.c: a stack protector that needs no call. */
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
	.flavours = "musl",
	.dies_of = SIGSEGV,
	.expect = { { CRASHES(SIGSEGV),
		.why = "__stack_chk_fail is one hlt instruction, so "
		       "the crash is seen for what it is" } },
	.seen = { "musl 1.2.3 src/env/__stack_chk_fail.c" },
};
