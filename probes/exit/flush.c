/* SPDX-License-Identifier: MIT */
/*
 * exit/flush.c: exit() writes out what stdio holds before it asks for
 * exit_group: the stream's own write function takes the raw way out.
 */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>

static ssize_t leave(void *cookie, const char *buf, size_t size)
{
	(void)cookie;
	sys_exit(size == 5 && buf[4] == 'o' ? 7 : 9);
}

static int setup(void)
{
	static char buffer[4096];
	FILE *f = fopencookie(
		NULL, "w", (cookie_io_functions_t){ .write = leave });

	if (!f || setvbuf(f, buffer, _IOFBF, sizeof(buffer)))
		return ENOMEM;
	return fputs("hello", f) < 0 ? EIO : 0;
}

static int run(void)
{
	exit(3);
}

PROBE = {
	.about = "exit() with 5 bytes in a stream whose write leaves by raw "
		 "exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man3/exit.3.html: all open "
		  "stdio(3) streams are flushed" },
};
