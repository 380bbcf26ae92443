/* SPDX-License-Identifier: MIT */
/* peer.c: which sockets write to each other. */
#include "sys/peer.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define ADDRESS 48 /* of tcp6: 32 digits, a colon, 4 digits */

static bool same_namespace(pid_t tid)
{
	struct stat ours, theirs;
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/ns/net", tid);
	return !stat("/proc/self/ns/net", &ours) && !stat(path, &theirs) &&
	       ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

/* In what sock_diag said: the inode of the other end; 0: it has none, or it is
 * not told. */
static uint32_t peer_in(const struct nlmsghdr *h, size_t size)
{
	const struct unix_diag_msg *m = NLMSG_DATA(h);
	const struct rtattr *a = (const struct rtattr *)(m + 1);
	uint32_t peer = 0;
	long left;

	if (!NLMSG_OK(h, size) || h->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
		h->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return 0;
	left = (long)(h->nlmsg_len - NLMSG_LENGTH(sizeof(*m)));
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == UNIX_DIAG_PEER &&
			RTA_PAYLOAD(a) >= sizeof(peer))
			memcpy(&peer, RTA_DATA(a), sizeof(peer));
	return peer;
}

static uint32_t unix_peer(uint32_t inode)
{
	struct {
		struct nlmsghdr h;
		struct unix_diag_req r;
	} ask = {
		.h = { .nlmsg_len = sizeof(ask),
			.nlmsg_type = SOCK_DIAG_BY_FAMILY,
			.nlmsg_flags = NLM_F_REQUEST },
		.r = { .sdiag_family = AF_UNIX,
			.udiag_states = UINT32_MAX,
			.udiag_ino = inode,
			.udiag_show = UDIAG_SHOW_PEER,
			.udiag_cookie = { UINT32_MAX, UINT32_MAX } },
	};
	int s = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	union {
		struct nlmsghdr h;
		char bytes[4096];
	} said;
	uint32_t peer = 0;
	ssize_t n = -1;

	if (s < 0)
		return 0;
	if (send(s, &ask, sizeof(ask), 0) == (ssize_t)sizeof(ask))
		n = recv(s, &said, sizeof(said), 0);
	if (n > 0)
		peer = peer_in(&said.h, (size_t)n);
	close(s);
	return peer;
}

struct ends {
	bool found;
	char local[ADDRESS], remote[ADDRESS];
};

static void find_tcp(
	pid_t tid, const char *table, uint32_t inode, struct ends *ends)
{
	char path[48], line[512];
	unsigned long is;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", tid, table);
	f = fopen(path, "re");
	while (f && !ends->found && fgets(line, sizeof(line), f))
		ends->found =
			sscanf(line,
				" %*d: %47s %47s %*s %*s %*s %*s %*s %*s %lu",
				ends->local, ends->remote, &is) == 3 &&
			is == inode;
	if (f)
		fclose(f);
}

enum peer_answer peer_ends(pid_t tid, uint32_t a, uint32_t b)
{
	struct ends one = { false }, other = { false };
	bool seen = same_namespace(tid);
	uint32_t peer = seen ? unix_peer(a) : 0;

	if (peer)
		return peer == b ? PEER_YES : PEER_NO;
	for (int i = 0; i < 2; i++) {
		find_tcp(tid, i ? "tcp6" : "tcp", a, &one);
		find_tcp(tid, i ? "tcp6" : "tcp", b, &other);
	}
	if (one.found && other.found)
		return !strcmp(one.local, other.remote) &&
				       !strcmp(one.remote, other.local)
			       ? PEER_YES
			       : PEER_NO;
	return seen || one.found || other.found ? PEER_NO : PEER_UNKNOWN;
}
