/* SPDX-License-Identifier: MIT */
/* io/setlocale.c: the locale C costs nothing; another one is read from files.
 * */
#include "probe.h"

#include <locale.h>

static int run(void)
{
	CHECK(setlocale(LC_ALL, "C"));
	CHECK(setlocale(LC_ALL, "C.UTF-8"));
	return 0;
}

PROBE = {
	.about = "setlocale to C, then to C.UTF-8",
	.run = run,
	.under = "four four+files four-eperm",
	.expect = {
		{ FAILS(EBADE), .under = "four-eperm", .flavour = "!musl",
			.why = "setlocale says NULL; a program that does not "
			       "look goes on in the locale C" },
		{ WORKS, .under = "four+files" },
		{ WORKS, .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 locale/setlocale.c",
		"musl 1.2.3 src/locale/setlocale.c" },
};
