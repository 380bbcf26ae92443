/* SPDX-License-Identifier: MIT */
/* libc/dlopen.c: loading a library is opening, mapping, protecting. */
#include "probe.h"

#include <dlfcn.h>

static int run(void)
{
	return dlopen("libm.so.6", RTLD_NOW) ? 0 : ENOENT;
}

PROBE = {
	.about = "dlopen libm",
	.run = run,
	.under = "four four+files",
	.flavours = "glibc i386",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ DIES("getrandom|brk|openat") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/dlopen.3.html" },
};
