/* SPDX-License-Identifier: MIT */
/* hostile/disk.c: a file without end. */
#include "probe.h"

#include <fcntl.h>
#include <unistd.h>

static int fd;
static char text[1 << 20];

static int setup(void)
{
	fd = open("file", O_WRONLY | O_CREAT, 0600);
	return fd < 0 ? errno : 0;
}

static int run(void)
{
	while (sys(__NR_write, fd, text, sizeof(text)))
		;
	return 0;
}

PROBE = {
	.about = "write a file without end",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
