/* SPDX-License-Identifier: MIT */
/* gallery/stdio-musl.c: one stdio writes, the other writes vectors. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return printf("hello\n") < 0 || fflush(stdout) ? errno : 0;
}

PROBE = {
	.about = "printf without writev",
	.run = run,
	.under = "no-writev no-ioctl",
	.flavours = "musl glibc glibc-static",
	.symptom = "built for Alpine it dies, and no error is seen",
	.diagnosis = "the filter killed it at writev: musl's stdio reads and "
		     "writes by vectors",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ DIES("writev"), .under = "no-writev" },
		{ DIES("ioctl"), .why = "is it a terminal? asked before the "
			"first write" },
	},
	.seen = { "https://github.com/memcached/memcached/issues/347" },
};
