/* SPDX-License-Identifier: MIT */
/*
 * escape/mem-other.c: /proc/PID/mem of a process outside, opened before: its
 * private memory is written by write alone.
 */
#include "probe.h"

#include <fcntl.h>

static volatile int steer; /* the partner's copy is the one that changes */
static int answers[2];
static long fd;

static int idle(void)
{
	while (!steer)
		probe_nap(200000);
	sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);
	sys(__NR_write, answers[1], "", 1);
	return 0;
}

static int open_mem(long pid)
{
	char path[32] = "/proc/", digits[16];
	int n = 0, k = 6;

	for (; pid; pid /= 10)
		digits[n++] = (char)('0' + pid % 10);
	while (n)
		path[k++] = digits[--n];
	for (const char *p = "/mem"; *p; p++)
		path[k++] = *p;
	return (int)sys(__NR_open, path, O_RDWR);
}

static int setup(void)
{
	long pid;

	if (sys(__NR_pipe2, answers, 0))
		return EMFILE;
	pid = probe_partner(idle);
	fd = pid < 0 ? pid : open_mem(pid);
	if (fd < 0)
		return (int)-fd;
	return sys(__NR_lseek, fd, &steer, 0) == (long)&steer ? 0 : EIO;
}

static int run(void)
{
	int one = 1;
	char answer;

	CHECK(sys(__NR_write, fd, &one, sizeof(one)) == sizeof(one));
	CHECK(sys(__NR_read, answers[0], &answer, 1) == 1);
	return 0;
}

PROBE_RAW = {
	.about = "change a variable of another process through its mem file",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.has = "mem_write",
	.expect = { { ESCAPES("file proof"),
		.why = "whoever holds such a "
		       "descriptor commands that process" } },
	.seen = { "https://man7.org/linux/man-pages/man5/proc_pid_mem.5.html" },
};
