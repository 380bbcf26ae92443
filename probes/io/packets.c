/* SPDX-License-Identifier: MIT */
/* io/packets.c: a pipe in packet mode and a SEQPACKET socket: read loses what
 * its buffer cannot hold. */
#include "probe.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

static int fd[2], pair[2];

static int setup(void)
{
	if (pipe2(fd, O_DIRECT))
		return errno;
	return socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) ? errno : 0;
}

static int cut(int from, int to)
{
	char b[8];

	CHECK(write(to, "four", 4) == 4 && write(to, "two", 3) == 3);
	CHECK(read(from, b, 2) == 2 && b[0] == 'f');
	CHECK(read(from, b, 8) == 3 && b[0] == 't');
	return 0;
}

static int run(void)
{
	int err = cut(fd[0], fd[1]);

	return err ? err : cut(pair[0], pair[1]);
}

PROBE = {
	.about = "read 2 of 4 bytes of a packet, then the next packet",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man2/pipe.2.html",
		"https://man7.org/linux/man-pages/man7/unix.7.html" },
};
