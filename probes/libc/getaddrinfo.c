/* SPDX-License-Identifier: MIT */
/* libc/getaddrinfo.c: a numeric address costs an allocation; a name costs
 * files and sockets. */
#include "probe.h"

#include <netdb.h>

static int run(void)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST }, *list;

	return getaddrinfo("127.0.0.1", NULL, &hints, &list) ? EIO : 0;
}

PROBE = {
	.about = "getaddrinfo of 127.0.0.1",
	.run = run,
	.under = "four four+heap",
	.flavours = "!glibc-static",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ DIES("brk"), .flavour = "musl" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/getaddrinfo.c" },
};
