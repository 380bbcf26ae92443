/* SPDX-License-Identifier: MIT */
/* host.c: workers on the kernel that this runs on. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "suite/kernel.h"
#include "suite/worker.h"

/* A fork of the runner, which writes to a pipe. */
static pid_t start_here(const struct suite *s, struct worker_share *share,
	int no, const char *base, int *records)
{
	int fds[2], err;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	fcntl(fds[1], F_SETPIPE_SZ, 1 << 18);
	fflush(NULL);
	pid = fork();
	err = -errno;
	if (pid == 0) {
		close(fds[0]);
		_exit(worker_main(s, share, no, base, fds[1]));
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return err;
	}
	*records = fds[0];
	return pid;
}

const struct kernel kernel_host = {
	.name = "host",
	.about = "the kernel that this runs on",
	.start = start_here,
};
