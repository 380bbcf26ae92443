/* SPDX-License-Identifier: MIT */
/* io/fgets-warm.c: lines that are in the buffer already cost no call at all.
 * */
#include "probe.h"

#include <stdio.h>

static int setup(void)
{
	char b[16];

	return fgets(b, sizeof(b), stdin) ? 0 : EIO;
}

static int run(void)
{
	char b[16];

	if (!fgets(b, sizeof(b), stdin))
		return errno ? errno : EIO;
	CHECK(b[0] == 't');
	return 0;
}

PROBE = {
	.about = "read the first line before arming and the second after",
	.setup = setup,
	.run = run,
	.under = "four three",
	.stdin_text = "one\ntwo\n",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
