/* SPDX-License-Identifier: MIT */
/* escape/create.c: the plainest effect outside, to see that it is seen. */
#include "probe.h"

#include <fcntl.h>

static int run(void)
{
	long fd = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);

	return fd < 0 ? (int)-fd : 0;
}

PROBE_RAW = {
	.about = "create a file outside",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap four-log "
		 "strict",
	.expect = {
		{ ESCAPES("file proof"), .under = "four-log", .why = "the log "
			"action tells and lets through" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("open") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
