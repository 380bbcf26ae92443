/* SPDX-License-Identifier: MIT */
/* libc/getcontext.c: a coroutine is a signal mask saved: a call a switch. */
#include "probe.h"

#include <ucontext.h>

static int run(void)
{
	ucontext_t here;

	return getcontext(&here) ? errno : 0;
}

PROBE = {
	.about = "getcontext",
	.run = run,
	.under = "four four-enosys four+rt_sigprocmask",
	.flavours = "!musl",
	.expect = {
		{ WORKS, .under = "four+rt_sigprocmask" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask|sigprocmask") },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/x86_64/getcontext.S" },
};
