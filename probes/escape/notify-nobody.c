/* SPDX-License-Identifier: MIT */
/*
 * escape/notify-nobody.c: the notify action, a listener that is open, and
 * nobody who reads it.
 */
#include "probe.h"

static int run(void)
{
	long ret = sys(__NR_getpid);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "call getpid where a supervisor is to decide, and none does",
	.run = run,
	.under = "four-notify",
	.flavours = "raw",
	.expect = { { HANGS, .why = "the call waits for an answer for as long "
				    "as the listener is open" } },
	.seen = { "https://man7.org/linux/man-pages/man2/"
		  "seccomp_unotify.2.html" },
};
