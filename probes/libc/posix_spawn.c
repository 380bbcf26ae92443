/* SPDX-License-Identifier: MIT */
/* libc/posix_spawn.c: starting a program begins with the child's stack. */
#include "probe.h"

#include <spawn.h>
#include <stddef.h>

static int run(void)
{
	char *argv[] = { "true", NULL };
	pid_t pid;

	return posix_spawn(&pid, "/bin/true", NULL, NULL, argv, argv + 1);
}

PROBE = {
	.about = "posix_spawn of /bin/true",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask"), .flavour = "musl",
			.why = "its child's stack is on the caller's" },
		{ DIES("mmap|mmap2"), .flavour = "!musl" },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/spawni.c",
		"musl 1.2.3 src/process/posix_spawn.c" },
};
