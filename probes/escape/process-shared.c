/* SPDX-License-Identifier: MIT */
/*
 * escape/process-shared.c: memory shared with a process outside is a channel
 * that no filter sees. TSYNC does not reach other processes.
 */
#include "probe.h"

#include <fcntl.h>

static volatile int *page; /* [0] the request, [1] the answer */

static int serve(void)
{
	while (!page[0])
		probe_wait(&page[0], 0, -1);
	page[1] = (int)sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY,
			  0600) >= 0
			  ? 1
			  : -1;
	probe_wake(&page[1], 1);
	return 0;
}

static int setup(void)
{
	page = probe_shared();
	return page && probe_partner(serve) > 0 ? 0 : ENOMEM;
}

static int run(void)
{
	page[0] = 1;
	probe_wake(&page[0], 1);
	while (!page[1])
		probe_wait(&page[1], 0, -1);
	return page[1] > 0 ? 0 : EIO;
}

PROBE_RAW = {
	.about = "ask a process that shares memory to create a file",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-trap four-tsync "
		 "four-process-tsync",
	.expect = { { ESCAPES("file proof"),
		.why = "the partner does what it "
		       "reads; futex wakes it across the border" } },
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
