/* SPDX-License-Identifier: MIT */
/* libc/inet_pton.c: numbers and addresses convert in memory. */
#include "probe.h"

#include <arpa/inet.h>

static int run(void)
{
	unsigned char a[16];
	char b[64];

	CHECK(inet_pton(AF_INET6, "::1", a) == 1 && a[15] == 1);
	CHECK(inet_ntop(AF_INET6, a, b, sizeof(b)));
	return 0;
}

PROBE = {
	.about = "inet_pton and inet_ntop",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/inet_pton.3.html" },
};
