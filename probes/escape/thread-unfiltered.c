/* SPDX-License-Identifier: MIT */
/*
 * escape/thread-unfiltered.c: a thread that started before the filter was
 * loaded does what the filtered one writes into their memory.
 */
#include "probe.h"

#include <fcntl.h>

static int request, over;
static volatile long answer;

static void serve(void *unused)
{
	(void)unused;
	probe_pass(&request);
	answer = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);
}

static int setup(void)
{
	return probe_thread(serve, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	probe_open(&request);
	probe_join(&over);
	return answer < 0 ? (int)-answer : 0;
}

PROBE_RAW = {
	.about = "ask an older thread to create a file",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four-tsync four-process-tsync four-eperm-tsync "
		 "four-enosys-tsync four-trap-tsync",
	.expect = {
		{ LOSES("open"), .under = "four-tsync", .why = "TSYNC gave the "
			"filter to the older thread too" },
		{ DIES("open"), .under = "four-process-tsync four-trap-tsync" },
		{ FAILS(EPERM), .under = "four-eperm-tsync" },
		{ FAILS(ENOSYS), .under = "four-enosys-tsync" },
		{ ESCAPES("file proof"), .why = "without TSYNC a filter covers "
			"the thread that loads it, and all threads share their "
			"memory" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
