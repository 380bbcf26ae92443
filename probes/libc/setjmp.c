/* SPDX-License-Identifier: MIT */
/* libc/setjmp.c: a jump back costs nothing; one that restores the signal mask
 * is a call. */
#include "probe.h"

#include <setjmp.h>

static jmp_buf plain;
static sigjmp_buf masked;

static int run(void)
{
	if (!setjmp(plain))
		longjmp(plain, 1);
	return sigsetjmp(masked, 1) ? EIO : 0;
}

PROBE = {
	.about = "setjmp and longjmp, then sigsetjmp with the mask",
	.run = run,
	.under = "four four+rt_sigprocmask",
	.expect = {
		{ WORKS, .under = "four+rt_sigprocmask" },
		{ DIES("rt_sigprocmask") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/setjmp.3.html" },
};
