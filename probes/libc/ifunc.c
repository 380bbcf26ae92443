/* SPDX-License-Identifier: MIT */
/* libc/ifunc.c: functions that are chosen for the processor were chosen at
 * start-up. */
#include "probe.h"

#include <string.h>

static char a[100000], b[100001];

static int run(void)
{
	for (size_t n = 1; n < sizeof(a); n *= 3) {
		memset(a, 'x', n);
		memcpy(b, a, n);
		b[n] = 0;
		CHECK(strlen(b) == n && !memcmp(a, b, n));
	}
	return 0;
}

PROBE = {
	.about = "memcpy, strlen, memset of many sizes",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
