/* SPDX-License-Identifier: MIT */
/* signal/altstack-set.c: an alternate stack asked for too late. */
#include "probe.h"

static char stack[65536];

static int run(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	return sigaltstack(&ss, NULL) ? errno : 0;
}

PROBE = {
	.about = "call sigaltstack()",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+sigaltstack",
	.expect = {
		{ WORKS, .under = "four+sigaltstack" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("sigaltstack") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sigaltstack.2.html" },
};
