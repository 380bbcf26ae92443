/* SPDX-License-Identifier: MIT */
/* libc/gettext.c: a translation in the locale C is the text itself; looking it
 * up is another matter. */
#include "probe.h"

#include <libintl.h>
#include <string.h>

static int run(void)
{
	CHECK(!strcmp(gettext("four"), "four"));
	CHECK(!strcmp(strsignal(SIGSYS), "Bad system call"));
	return 0;
}

PROBE = {
	.about = "gettext and strsignal in the locale C",
	.run = run,
	.under = "four four-enosys three four+heap",
	.expect = {
		{ WORKS, .under = "four-enosys four+heap" },
		{ WORKS, .flavour = "musl glibc-static" },
		{ DIES("getrandom|brk"), .libc = GLIBC(2, 41),
			.why = "the key of the search comes from the heap; "
			       "in 2.36 it was on the stack" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 and 2.41 intl/dcigettext.c",
		"musl 1.2.3 src/locale/dcngettext.c" },
};
