/* SPDX-License-Identifier: MIT */
/* libc/dlsym.c: a symbol of a loaded library is found in memory. */
#include "probe.h"

#include <dlfcn.h>

static int run(void)
{
	CHECK(dlsym(RTLD_DEFAULT, "getpid"));
	return 0;
}

PROBE = {
	.about = "dlsym of a libc function",
	.run = run,
	.under = "four",
	.flavours = "glibc i386",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/dlsym.3.html" },
};
