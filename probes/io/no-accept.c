/* SPDX-License-Identifier: MIT */
/* io/no-accept.c: a server under the filter has the connections it came with,
 * and no other. */
#include "probe.h"

#include <sys/socket.h>

static int listener;

static int setup(void)
{
	struct sockaddr any = { .sa_family = AF_UNIX };
	int client = socket(AF_UNIX, SOCK_STREAM, 0);
	socklen_t size = sizeof(any);
	struct sockaddr_storage at;

	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(listener, &any, sizeof(sa_family_t)) || listen(listener, 1))
		return errno;
	size = sizeof(at);
	return getsockname(listener, (void *)&at, &size) ||
			       connect(client, (void *)&at, size)
		       ? errno
		       : 0;
}

static int run(void)
{
	return accept(listener, NULL, NULL) < 0 ? errno : 0;
}

PROBE = {
	.about = "accept a connection that waits",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("socketcall|accept4"), .flavour = "i386",
			.why = "accept4 in a glibc built for Linux 4.3 on" },
		{ DIES("accept") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/accept.2.html",
		"glibc 2.36 sysdeps/unix/sysv/linux/accept.c" },
};
