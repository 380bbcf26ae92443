/* SPDX-License-Identifier: MIT */
/* io/iconv.c: glibc loads its converters as libraries; musl has them inside.
 * */
#include "probe.h"

#include <iconv.h>

static int run(void)
{
	char in[] = "\351", out[8], *i = in, *o = out;
	size_t n = 1, m = sizeof(out);
	iconv_t c = iconv_open("UTF-8", "ISO-8859-1");

	if (c == (iconv_t)-1)
		return errno;
	CHECK(iconv(c, &i, &n, &o, &m) == 0 && o - out == 2);
	return 0;
}

PROBE = {
	.about = "convert Latin-1 to UTF-8, the first time",
	.run = run,
	.under = "four four+files",
	.flavours = "!glibc-static",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ WORKS, .flavour = "musl" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 iconv/gconv_db.c",
		"musl 1.2.3 src/locale/iconv.c" },
};
