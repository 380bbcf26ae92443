/* SPDX-License-Identifier: MIT */
/* libc/gettext.c: a translation in the locale C is the text itself. */
#include "probe.h"

#include <libintl.h>
#include <string.h>

static int run(void)
{
	CHECK(!strcmp(gettext("four"), "four"));
	return 0;
}

PROBE = {
	.about = "gettext in the locale C",
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 intl/dcigettext.c",
		"musl 1.2.3 src/locale/dcngettext.c" },
};
