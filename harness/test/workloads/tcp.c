/* SPDX-License-Identifier: MIT */
/*
 * tcp.c: a TCP proxy that inherits its two sockets: what comes in from one goes
 * out to the other. Its client and its server are a child of it, which ends
 * with 0 when all that it sent came back.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 1000

static int listener(struct sockaddr_in *at)
{
	socklen_t size = sizeof(*at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (bind(fd, (struct sockaddr *)at, size) || listen(fd, 2) ||
		getsockname(fd, (struct sockaddr *)at, &size))
		return -1;
	return fd;
}

static int dial(const struct sockaddr_in *at)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return connect(fd, (const struct sockaddr *)at, sizeof(*at)) ? -1 : fd;
}

/* Sends on one end what must come back on the other. */
static int play(int client, int server)
{
	char sent[64], got[64];

	for (int i = 0; i < MESSAGES; i++) {
		memset(sent, 'a' + i % 26, sizeof(sent));
		if (write(client, sent, sizeof(sent)) != sizeof(sent) ||
			recv(server, got, sizeof(got), MSG_WAITALL) !=
				sizeof(got) ||
			memcmp(sent, got, sizeof(got)) != 0)
			return 1;
	}
	puts("all came back");
	return 0;
}

__attribute__((noinline)) static int proxy(int from, int to)
{
	static char buf[4096];
	ssize_t n;

	while ((n = read(from, buf, sizeof(buf))) > 0)
		if (write(to, buf, (size_t)n) != n)
			return 1;
	return n < 0;
}

int main(void)
{
	struct sockaddr_in at;
	int l = listener(&at), client, server, in, out;

	if (l < 0 || (client = dial(&at)) < 0 ||
		(in = accept(l, NULL, NULL)) < 0 || (server = dial(&at)) < 0 ||
		(out = accept(l, NULL, NULL)) < 0)
		return 2;
	if (fork() == 0) {
		close(in);
		close(out);
		return play(client, server);
	}
	close(client);
	close(server);
	syscall(SYS_exit, proxy(in, out));
}
