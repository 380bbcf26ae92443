/* SPDX-License-Identifier: MIT */
/* libc/fork.c: a process more is what the filter is there to refuse. */
#include "probe.h"

#include <sys/wait.h>
#include <unistd.h>

static int run(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid < 0 ? errno : 0;
}

PROBE = {
	.about = "fork",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask"), .flavour = "musl",
			.why = "the signals are blocked over it" },
		{ DIES("rt_sigprocmask"), .libc = GLIBC(2, 41),
			.why = "abort's lock is taken over it, with signals "
			       "blocked" },
		{ DIES("clone") },
	},
	.seen = { "glibc 2.36 sysdeps/nptl/_Fork.c",
		"musl 1.2.3 src/process/_Fork.c" },
};
