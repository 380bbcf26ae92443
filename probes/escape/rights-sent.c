/* SPDX-License-Identifier: MIT */
/* escape/rights-sent.c: to hand a descriptor out takes sendmsg. */
#include "probe.h"

#include <sys/socket.h>

static int pair[2];

static int setup(void)
{
	return (int)-sys(__NR_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
}

static int run(void)
{
	struct iovec one = { (void *)"x", 1 };
	struct msghdr msg = { .msg_iov = &one, .msg_iovlen = 1 };
	long ret = sys(__NR_sendmsg, pair[1], &msg, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "send a message on a socket pair, as descriptor passing does",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("sendmsg") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/cmsg.3.html" },
};
