/* SPDX-License-Identifier: MIT */
/*
 * escape/thread-late.c: a thread takes its filter from the one that starts it:
 * an unfiltered thread starts unfiltered ones, whenever it does.
 */
#include "probe.h"

#include <fcntl.h>

static int request, over;
static volatile long answer;

static void born_late(void *unused)
{
	(void)unused;
	answer = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);
}

static void starter(void *unused)
{
	int done;

	(void)unused;
	probe_pass(&request);
	answer = probe_thread(born_late, NULL, &done);
	if (answer > 0)
		probe_join(&done);
}

static int setup(void)
{
	return probe_thread(starter, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	probe_open(&request);
	probe_join(&over);
	return answer < 0 ? (int)-answer : 0;
}

PROBE_RAW = {
	.about = "have an older thread start one that creates a file",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync four-eperm-tsync",
	.expect = {
		{ LOSES("mmap|mmap2"), .under = "four-tsync" },
		{ FAILS(ENOMEM), .under = "four-eperm-tsync", .why = "the new "
			"thread's stack already fails" },
		{ ESCAPES("file proof"), .why = "it was born after the filter "
			"was loaded, and still has none" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/fork.c, copy_seccomp" },
};
