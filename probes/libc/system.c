/* SPDX-License-Identifier: MIT */
/* libc/system.c: a command is signals, a process, a wait. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	return system("true") ? EIO : 0;
}

PROBE = {
	.about = "system(true)",
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("rt_sigaction|rt_sigprocmask") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/system.3.html" },
};
