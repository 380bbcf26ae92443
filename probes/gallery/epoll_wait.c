/* SPDX-License-Identifier: MIT */
/* gallery/epoll_wait.c: one wait, two calls, and libc chooses. */
#include "probe.h"

#include <sys/epoll.h>

static int fd;

static int setup(void)
{
	return (fd = epoll_create1(0)) < 0 ? errno : 0;
}

static int run(void)
{
	struct epoll_event event;

	return epoll_wait(fd, &event, 1, 1) < 0 ? errno : 0;
}

PROBE = {
	.about = "epoll_wait() without epoll_wait, or without epoll_pwait",
	.setup = setup,
	.run = run,
	.under = "no-epoll_wait no-epoll_pwait",
	.symptom = "an update of the event library, and the filter no longer "
		   "fits",
	.diagnosis = "the filter killed it at epoll_wait: to wait for "
		     "descriptors",
	.expect = {
		{ DIES("epoll_pwait"), .under = "no-epoll_pwait",
			.flavour = "musl" },
		{ WORKS, .under = "no-epoll_pwait" },
		{ WORKS, .flavour = "musl" },
		{ DIES("epoll_wait") },
	},
	.seen = { "https://github.com/libuv/libuv/issues/2105",
		"https://github.com/memcached/memcached/issues/349" },
};
