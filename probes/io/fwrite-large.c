/* SPDX-License-Identifier: MIT */
/* io/fwrite-large.c: what does not fit in a warm stream's buffer goes past it
 * by write, in glibc; musl joins the two by writev. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static char buffer[4096], data[20000];
static FILE *file;
static int fd;

static int setup(void)
{
	file = fopen("out", "w");
	fd = open("out", O_RDONLY);
	if (!file || fd < 0)
		return errno;
	return setvbuf(file, buffer, _IOFBF, sizeof(buffer)) ? ENOMEM : 0;
}

static int run(void)
{
	if (fwrite("begin", 1, 5, file) != 5 ||
		fwrite(data, 1, sizeof(data), file) != sizeof(data) ||
		fflush(file))
		return errno;
	CHECK(read(fd, data, sizeof(data)) == sizeof(data));
	CHECK(read(fd, data, sizeof(data)) == 5);
	return 0;
}

PROBE = {
	.about = "fwrite 5 bytes, then five buffers full",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ WORKS, .flavour = "!musl" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("writev") },
	},
	.seen = { "glibc 2.36 libio/fileops.c, _IO_new_file_xsputn",
		"musl 1.2.3 src/stdio/__stdio_write.c" },
};
