/* SPDX-License-Identifier: MIT */
/* io/snprintf-locale.c: a locale that was set before the filter formats
 * numbers without a call. */
#include "probe.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static int setup(void)
{
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : ENOENT;
}

static int run(void)
{
	char b[64];

	snprintf(b, sizeof(b), "%'d %.3f %g", 1234567, 0.5, 1e10);
	CHECK(!strcmp(b, "1234567 0.500 1e+10"));
	return 0;
}

PROBE = {
	.about = "setlocale before arming, then snprintf of numbers",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 stdio-common/vfprintf-internal.c" },
};
