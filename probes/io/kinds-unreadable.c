/* SPDX-License-Identifier: MIT */
/* io/kinds-unreadable.c: descriptors that are no files for read and write: an
 * epoll set, a process, a listening socket, a path. An error, never a kill. */
#include "probe.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int epoll, process, listener, path;

static int setup(void)
{
	epoll = epoll_create1(0);
	process = (int)syscall(SYS_pidfd_open, getpid(), 0);
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	path = open("/", O_PATH);
	if (epoll < 0 || listener < 0 || path < 0)
		return errno;
	/* No pidfd before Linux 5.3: the set stands in. */
	if (process < 0)
		process = epoll;
	/* An address of the kernel's choice. */
	return bind(listener, &(struct sockaddr){ .sa_family = AF_UNIX },
		       sizeof(sa_family_t)) ||
			       listen(listener, 1)
		       ? errno
		       : 0;
}

static int run(void)
{
	char b[8] = "";

	CHECK(read(epoll, b, 8) < 0 && errno == EINVAL);
	CHECK(write(epoll, b, 8) < 0 && errno == EINVAL);
	CHECK(read(process, b, 8) < 0 && errno == EINVAL);
	CHECK(read(listener, b, 8) < 0 && errno == EINVAL);
	CHECK(write(listener, b, 8) < 0 && errno == ENOTCONN);
	CHECK(read(path, b, 8) < 0 && errno == EBADF);
	return 0;
}

PROBE = {
	.about = "read and write an epoll set, a pidfd, a listener, a path",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html",
		"Linux net/unix/af_unix.c, unix_stream_read_generic" },
};
