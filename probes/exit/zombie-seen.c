/* SPDX-License-Identifier: MIT */
/*
 * exit/zombie-seen.c: what the parent of a zombie leader sees. The sandbox is
 * a child made in setup(); this process watches it and leaves with 7 when it
 * saw what is documented.
 */
#include "probe.h"

#include <poll.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int never;

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&never);
}

/* The leader's state is Z, and it has two threads. */
static bool is_zombie_leader(pid_t pid)
{
	char path[64], buf[2048] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	fd = open(path, O_RDONLY);
	if (read(fd, buf, sizeof(buf) - 1) < 0)
		return false;
	close(fd);
	return strstr(buf, "\nState:\tZ") && strstr(buf, "\nThreads:\t2");
}

static int watch(pid_t pid)
{
	struct pollfd p = { .events = POLLIN };
	int status;

	while (!is_zombie_leader(pid))
		probe_nap(100000);
	p.fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (p.fd < 0 || poll(&p, 1, 0) || waitpid(pid, &status, WNOHANG))
		return 1;
	/* A signal still reaches the threads that are left. */
	if (kill(pid, SIGKILL) || waitpid(pid, &status, 0) != pid)
		return 2;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 7 : 3;
}

static int setup(void)
{
	pid_t pid = fork();

	if (pid > 0)
		_exit(watch(pid));
	return pid ? errno : probe_thread(worker, NULL, NULL) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	sys_exit(5);
}

PROBE = {
	.about = "waitpid, pidfd and /proc beside a zombie leader",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync",
	PROBE_EXITS(7),
	.expect = { { WORKS, .why = "waitpid finds nothing, the pidfd is not "
				    "readable, /proc says Z with 2 threads; "
				    "SIGKILL ends what is left" } },
	.seen = { "https://github.com/opencontainers/runc/issues/5087",
		"https://man7.org/linux/man-pages/man2/pidfd_open.2.html" },
};
