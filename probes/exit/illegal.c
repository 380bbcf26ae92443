/* SPDX-License-Identifier: MIT */
/* exit/illegal.c: __builtin_trap, the crash that asks for nothing. */
#include "probe.h"

static int run(void)
{
	__builtin_trap();
}

PROBE_RAW = {
	.about = "execute an illegal instruction",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.dies_of = SIGILL,
	.expect = { { CRASHES(SIGILL) } },
	.seen = { "https://gcc.gnu.org/onlinedocs/gcc/Other-Builtins.html" },
};
