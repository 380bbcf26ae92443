/* SPDX-License-Identifier: MIT */
/* sockaddr.c: the address of a socket, for people. */
#include "explain/sockaddr.h"
#include "sys/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

/* SIZE counts what was read. A name that begins with NUL is abstract. */
static void put_unix(struct text *o, const struct sockaddr_un *un, size_t size)
{
	const unsigned char *path = (const unsigned char *)un->sun_path;
	size_t n = size - offsetof(struct sockaddr_un, sun_path);

	text_put(o, "{sa_family=AF_UNIX");
	if (n && path[0]) {
		text_put(o, ", sun_path=");
		text_put_quoted(o, path, strnlen((const char *)path, n));
	} else if (n) {
		text_put(o, ", sun_path=@");
		text_put_quoted(o, path + 1, n - 1);
	}
	text_put(o, "}");
}

void explain_put_sockaddr(
	struct text *o, pid_t tid, uint64_t addr, uint64_t size)
{
	union address a = { 0 };
	char text[INET6_ADDRSTRLEN];

	size = (uint32_t)size;
	if (size > sizeof(a))
		size = sizeof(a);
	if (size < sizeof(a.any.sa_family) || !addr ||
		!mem_read_all(tid, addr, &a, size)) {
		if (addr)
			text_put(o, "0x%llx", (unsigned long long)addr);
		else
			text_put(o, "NULL");
	} else if (a.any.sa_family == AF_INET && size >= sizeof(a.in)) {
		inet_ntop(AF_INET, &a.in.sin_addr, text, sizeof(text));
		text_put(o,
			"{sa_family=AF_INET, sin_port=htons(%u), "
			"sin_addr=inet_addr(\"%s\")}",
			ntohs(a.in.sin_port), text);
	} else if (a.any.sa_family == AF_INET6 && size >= sizeof(a.in6)) {
		inet_ntop(AF_INET6, &a.in6.sin6_addr, text, sizeof(text));
		text_put(o, "{sa_family=AF_INET6, sin6_port=htons(%u), \"%s\"}",
			ntohs(a.in6.sin6_port), text);
	} else if (a.any.sa_family == AF_UNIX) {
		put_unix(o, &a.un, size);
	} else {
		text_put(o, "{sa_family=%u}", a.any.sa_family);
	}
}
