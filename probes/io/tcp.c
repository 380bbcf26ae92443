/* SPDX-License-Identifier: MIT */
/* io/tcp.c: a connection that was accepted before the filter is served by read
 * and write; closing one side's half is not theirs. */
#include "probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static int client, server;

static int setup(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	client = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (void *)&at, size) || listen(listener, 1) ||
		getsockname(listener, (void *)&at, &size) ||
		connect(client, (void *)&at, size))
		return errno;
	server = accept(listener, NULL, NULL);
	return server < 0 ? errno : 0;
}

static int run(void)
{
	char b[8];

	CHECK(write(client, "get", 3) == 3);
	CHECK(read(server, b, sizeof(b)) == 3);
	CHECK(write(server, "it", 2) == 2);
	CHECK(read(client, b, sizeof(b)) == 2);
	return 0;
}

PROBE = {
	.about = "ask and answer over an accepted TCP connection",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.has = "loopback",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man7/tcp.7.html" },
};
