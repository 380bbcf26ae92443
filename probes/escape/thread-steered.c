/* SPDX-License-Identifier: MIT */
/*
 * escape/thread-steered.c: the older thread offers no service; it calls
 * through a pointer now and then. Who writes the memory chooses the function.
 */
#include "probe.h"

#include <fcntl.h>

static int woken, over;
static volatile long answer;

static void nothing(void)
{
}

static void misuse(void)
{
	answer = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);
}

static void (*volatile hook)(void) = nothing;

static void idle(void *unused)
{
	(void)unused;
	probe_pass(&woken);
	hook();
}

static int setup(void)
{
	return probe_thread(idle, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	hook = misuse;
	probe_open(&woken);
	probe_join(&over);
	return answer < 0 ? (int)-answer : 0;
}

PROBE_RAW = {
	.about = "change the function pointer of an older thread",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync four-process-tsync",
	.expect = {
		{ LOSES("open"), .under = "four-tsync" },
		{ DIES("open"), .under = "four-process-tsync" },
		{ ESCAPES("file proof"), .why = "a store is no system call" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
