/* SPDX-License-Identifier: MIT */
/* gallery/epoll_pwait2.c: a newer call, and EPERM for it. */
#include "probe.h"

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __NR_epoll_pwait2
#define __NR_epoll_pwait2 441
#endif

static int fd;

static int setup(void)
{
	return (fd = epoll_create1(0)) < 0 ? errno : 0;
}

/* As libevent does: ENOSYS alone means that the kernel is older. */
static int run(void)
{
	struct epoll_event event;
	long timeout[2] = { 0, 1000 };

	if (syscall(__NR_epoll_pwait2, fd, &event, 1, timeout, NULL, 8) >= 0)
		return 0;
	if (errno != ENOSYS)
		return errno;
	return epoll_wait(fd, &event, 1, 1) < 0 ? errno : 0;
}

PROBE = {
	.about = "wait for events without epoll_pwait2",
	.setup = setup,
	.run = run,
	.under = "no-epoll_pwait2-eperm no-epoll_pwait2-enosys no-epoll_pwait2",
	.flavours = "!i386",
	.symptom = "a browser crashes since libevent was updated; its compiler "
		   "was blamed",
	.diagnosis = "it exited 1; the filter answers EPERM first to epoll_pwait2: to wait for descriptors",
	.expect = {
		{ FAILS(EPERM), .under = "*-eperm" },
		{ WORKS, .under = "*-enosys" },
		{ DIES("epoll_pwait2") },
	},
	.seen = { "https://github.com/commandblock2/commandblock2.github.io",
		"https://man7.org/linux/man-pages/man2/epoll_pwait2.2.html" },
};
