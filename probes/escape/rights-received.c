/* SPDX-License-Identifier: MIT */
/*
 * escape/rights-received.c: descriptors sent along a socket come with recvmsg
 * alone. read takes the bytes, and the kernel drops the descriptors.
 */
#include "probe.h"

#include <sys/socket.h>

static int pair[2];
static long free_fd;

static int send_rights(void)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .head = { .cmsg_len = CMSG_LEN(sizeof(int)),
			      .cmsg_level = SOL_SOCKET,
			      .cmsg_type = SCM_RIGHTS } };
	struct iovec one = { (void *)"x", 1 };
	struct msghdr msg = { .msg_iov = &one,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	*(int *)CMSG_DATA(&control.head) = 1;
	return sys(__NR_sendmsg, pair[1], &msg, 0) == 1 ? 0 : EIO;
}

static int setup(void)
{
	if (sys(__NR_socketpair, AF_UNIX, SOCK_STREAM, 0, pair))
		return EMFILE;
	free_fd = sys(__NR_dup, 0);
	sys(__NR_close, free_fd);
	return send_rights();
}

static int run(void)
{
	char c = 0;

	CHECK(sys(__NR_read, pair[0], &c, 1) == 1 && c == 'x');
	CHECK(sys(__NR_write, free_fd, "x", 1) == -EBADF);
	return 0;
}

PROBE_RAW = {
	.about = "read a byte that carries a descriptor",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.expect = { { WORKS, .why = "the byte comes, the descriptor does "
				    "not" } },
	.seen = { "https://man7.org/linux/man-pages/man7/unix.7.html",
		"linux: net/core/scm.c, __scm_recv_common" },
};
