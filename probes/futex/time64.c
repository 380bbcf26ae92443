/* SPDX-License-Identifier: MIT */
/* futex/time64.c: on i386 a libc built for 64-bit time calls futex_time64:
 * allowing futex does not allow it. */
#include "sleeper.h"

static int word;
static long long zero[2];

static int run(void)
{
	long ret = sys(422, &word, FUTEX_WAIT_PRIVATE, 0, zero, NULL, 0);

	return ret == -ETIMEDOUT ? 0 : (int)-ret;
}

PROBE = {
	.about = "a timed wait by futex_time64",
	.run = run,
	.under = "four four-enosys four+futex_time64",
	.flavours = "i386",
	.expect = {
		{ WORKS, .under = "four+futex_time64" },
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "a libc then falls back to futex" },
		{ DIES("futex_time64") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux arch/x86/entry/syscalls/syscall_32.tbl" },
};
