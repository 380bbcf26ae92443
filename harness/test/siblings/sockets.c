/* SPDX-License-Identifier: MIT */
/* sockets.c: calls on sockets; they stay on loopback. */
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "doers.h"

static struct sockaddr_in to(const struct stage *s)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = (in_port_t)s->port,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}
DO(do_connect)
{
	struct sockaddr_in a = to(s);

	return RAW(__NR_connect, RAW(__NR_socket, AF_INET, SOCK_STREAM, 0), &a,
		sizeof(a));
}
DO(do_sendto_fast)
{
	struct sockaddr_in a = to(s);

	return RAW(__NR_sendto, RAW(__NR_socket, AF_INET, SOCK_STREAM, 0), "x",
		1, MSG_FASTOPEN, &a, sizeof(a));
}
static struct iovec text = { (char *)"text", 4 };
DO(do_sendmsg_fast)
{
	struct sockaddr_in a = to(s);
	struct msghdr m = { .msg_name = &a,
		.msg_namelen = sizeof(a),
		.msg_iov = &text,
		.msg_iovlen = 1 };

	return RAW(__NR_sendmsg, RAW(__NR_socket, AF_INET, SOCK_STREAM, 0), &m,
		MSG_FASTOPEN);
}
DO(do_sendmmsg_fast)
{
	struct sockaddr_in a = to(s);
	struct mmsghdr m = { .msg_hdr = { .msg_name = &a,
				     .msg_namelen = sizeof(a),
				     .msg_iov = &text,
				     .msg_iovlen = 1 } };

	return RAW(__NR_sendmmsg, RAW(__NR_socket, AF_INET, SOCK_STREAM, 0), &m,
		1, MSG_FASTOPEN);
}
/* What was sent is at the other end. */
static long sent(const struct stage *s, long ret)
{
	char b[8];

	return ret < 0 || RAW(__NR_read, s->ends[1], b, 8) == 4 ? ret : -1000;
}
DO(do_sendto)
{
	return sent(s, RAW(__NR_sendto, s->ends[0], "text", 4, 0, 0, 0));
}
DO(do_sendmsg)
{
	struct msghdr m = { .msg_iov = &text, .msg_iovlen = 1 };

	return sent(s, RAW(__NR_sendmsg, s->ends[0], &m, 0));
}
DO(do_sendmmsg)
{
	struct mmsghdr m = { .msg_hdr = { .msg_iov = &text, .msg_iovlen = 1 } };

	return sent(s, RAW(__NR_sendmmsg, s->ends[0], &m, 1, 0));
}
static char got[8];
static struct iovec room = { got, 8 };
static long received(const struct stage *s, long ret)
{
	(void)s;
	return ret < 0 || !memcmp(got, "text", 4) ? ret : -1000;
}
DO(do_recvfrom)
{
	RAW(__NR_write, s->ends[1], "text", 4);
	return received(s, RAW(__NR_recvfrom, s->ends[0], got, 8, 0, 0, 0));
}
DO(do_recvmsg)
{
	struct msghdr m = { .msg_iov = &room, .msg_iovlen = 1 };

	RAW(__NR_write, s->ends[1], "text", 4);
	return received(s, RAW(__NR_recvmsg, s->ends[0], &m, 0));
}
DO(do_recvmmsg)
{
	struct mmsghdr m = { .msg_hdr = { .msg_iov = &room, .msg_iovlen = 1 } };

	RAW(__NR_write, s->ends[1], "text", 4);
	return received(s, RAW(__NR_recvmmsg, s->ends[0], &m, 1, 0, 0));
}
DO(do_accept)
{
	do_connect(s, nr);
	return RAW(__NR_accept, s->listener, 0, 0);
}
DO(do_accept4)
{
	do_connect(s, nr);
	return RAW(__NR_accept4, s->listener, 0, 0, 0);
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
const struct doer doers_sockets[] = { D(connect),
	{ "connects", "sendto", do_sendto_fast },
	{ "connects", "sendmsg", do_sendmsg_fast },
	{ "connects", "sendmmsg", do_sendmmsg_fast }, D(sendto), D(sendmsg),
	D(sendmmsg), D(recvfrom), D(recvmsg), D(recvmmsg), D(accept),
	D(accept4), { 0 } };
