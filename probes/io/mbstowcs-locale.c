/* SPDX-License-Identifier: MIT */
/* io/mbstowcs-locale.c: setting a locale before the filter pays for its wide
 * characters too. */
#include "probe.h"

#include <locale.h>
#include <stdlib.h>

static int setup(void)
{
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : ENOENT;
}

static int run(void)
{
	wchar_t w[4];

	CHECK(mbstowcs(w, "\303\251", 4) == 1 && w[0] == 0xe9);
	return 0;
}

PROBE = {
	.about = "setlocale to C.UTF-8 before arming, then mbstowcs",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS,
			.why = "setlocale compares the names of the codeset, "
			       "and so has read the list of converters; UTF-8 "
			       "itself is built in" },
	},
	.seen = { "glibc 2.36 wcsmbs/wcsmbsload.c, locale/findlocale.c" },
};
