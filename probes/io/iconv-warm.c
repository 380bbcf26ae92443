/* SPDX-License-Identifier: MIT */
/* io/iconv-warm.c: a converter that is open converts without a call. */
#include "probe.h"

#include <iconv.h>

static iconv_t conv;

static int setup(void)
{
	conv = iconv_open("UTF-8", "ISO-8859-1");
	return conv == (iconv_t)-1 ? errno : 0;
}

static int run(void)
{
	char in[] = "\351", out[8], *i = in, *o = out;
	size_t n = 1, m = sizeof(out);

	CHECK(iconv(conv, &i, &n, &o, &m) == 0 && o - out == 2);
	return 0;
}

PROBE = {
	.about = "iconv_open before arming, then convert",
	.setup = setup,
	.run = run,
	.under = "four three",
	.flavours = "!glibc-static",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 iconv/gconv.c" },
};
