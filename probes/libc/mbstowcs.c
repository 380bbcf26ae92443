/* SPDX-License-Identifier: MIT */
/* libc/mbstowcs.c: wide characters in the C locale. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	wchar_t w[8];
	char b[8];

	CHECK(mbstowcs(w, "wide", 8) == 4 && wcstombs(b, w, 8) == 4);
	return 0;
}

PROBE = {
	.about = "mbstowcs and wcstombs",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/mbstowcs.3.html" },
};
