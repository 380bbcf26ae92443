/* SPDX-License-Identifier: MIT */
/* gallery/fdopen.c: a stream asks how its descriptor was opened. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>

static int fd;

static int setup(void)
{
	return (fd = open("/dev/null", O_RDONLY)) < 0 ? errno : 0;
}

static int run(void)
{
	return fdopen(fd, "r") ? 0 : errno;
}

PROBE = {
	.about = "fdopen without fcntl",
	.setup = setup,
	.run = run,
	.under = "no-fcntl",
	.symptom = "\"Bad system call\" from a chat bot after an upgrade of "
		   "the system",
	.diagnosis = "the filter killed it at fcntl: a file that is open",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ WORKS, .flavour = "i386", .why = "it is fcntl64 there" },
		{ DIES("fcntl") },
	},
	.seen = { "https://github.com/msantos/xmppipe/issues/7" },
};
