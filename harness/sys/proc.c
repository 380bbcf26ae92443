/* SPDX-License-Identifier: MIT */
/* proc.c: the few numbers that a tracer reads from /proc. */
#include "sys/proc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/text.h"

#define PF_KTHREAD 0x00200000 /* include/linux/sched.h */

static ssize_t read_file(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = read(fd, buf, size - 1);
	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n;
}

/* What stands behind "KEY:" in /proc/TID/status, up to the end of BUF. */
static const char *status_line(
	pid_t tid, const char *key, char *buf, size_t size)
{
	char path[64], *p = buf;
	size_t n = strlen(key);

	snprintf(path, sizeof(path), "/proc/%d/status", tid);
	if (read_file(path, buf, size) <= 0)
		return NULL;
	while ((p = strchr(p, '\n')) != NULL)
		if (!strncmp(++p, key, n) && p[n] == ':')
			return p + n + 1;
	return NULL;
}

long proc_status(pid_t tid, const char *key)
{
	char buf[4096];
	const char *p = status_line(tid, key, buf, sizeof(buf));

	return p ? strtol(p, NULL, 10) : -1;
}

pid_t proc_own_tid(pid_t tid)
{
	char buf[4096], *end;
	const char *p = status_line(tid, "NSpid", buf, sizeof(buf));
	long own = -1, n;

	/* From our namespace inwards. */
	for (; p && *p != '\n'; p = end) {
		n = strtol(p, &end, 10);
		if (end == p)
			break;
		own = n;
	}
	return (pid_t)own;
}

uint64_t proc_stack_pointer(pid_t tid)
{
	unsigned long long sp = 0;
	char path[64], buf[512];

	snprintf(path, sizeof(path), "/proc/%d/syscall", tid);
	if (read_file(path, buf, sizeof(buf)) <= 0 ||
		sscanf(buf, "%*d %*x %*x %*x %*x %*x %*x %llx", &sp) != 1)
		return 0;
	return sp;
}

bool proc_has_own_tid(pid_t pid, pid_t own)
{
	const struct dirent *e;
	bool found = false;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	while (dir && !found && (e = readdir(dir)) != NULL) {
		pid_t tid = (pid_t)strtol(e->d_name, NULL, 10);

		found = tid > 0 && proc_own_tid(tid) == own;
	}
	if (dir)
		closedir(dir);
	return found;
}

void proc_comm(pid_t tid, char *name, size_t size)
{
	char path[64], buf[64];

	snprintf(path, sizeof(path), "/proc/%d/comm", tid);
	if (read_file(path, buf, sizeof(buf)) < 0)
		buf[0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	text_show(buf, name, size);
}

bool proc_is_kernel(pid_t pid)
{
	char path[64], buf[1024], *p;
	unsigned flags = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (read_file(path, buf, sizeof(buf)) <= 0)
		return false;
	p = strrchr(buf, ')');
	return p && sscanf(p, ") %*c %*d %*d %*d %*d %*d %u", &flags) == 1 &&
	       flags & PF_KTHREAD;
}

bool proc_ended(pid_t pid)
{
	char state = proc_state(pid, pid);

	return !state || state == 'X' ||
	       (state == 'Z' && proc_status(pid, "Threads") <= 1);
}

char proc_state(pid_t pid, pid_t tid)
{
	char path[64], buf[1024], *p;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
	if (read_file(path, buf, sizeof(buf)) <= 0)
		return 0;
	p = strrchr(buf, ')');
	return p && p[1] ? p[2] : 0;
}

uint64_t proc_start_us(pid_t pid)
{
	char path[64], buf[1024], *p;
	uint64_t ticks = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (read_file(path, buf, sizeof(buf)) <= 0)
		return 0;
	/* The 22nd field (proc_pid_stat(5)); the second may hold anything. */
	p = strrchr(buf, ')');
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (p)
		ticks = strtoull(p, NULL, 10);
	return ticks * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

long proc_cpu_us(pid_t pid)
{
	clockid_t clock;
	struct timespec ts;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &ts))
		return 0;
	return ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int children_of(pid_t pid, pid_t tid, pid_t *pids, int n, int max)
{
	char path[64], buf[4096], *p = buf, *end;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, tid);
	if (read_file(path, buf, sizeof(buf)) <= 0)
		return n;
	for (; n < max; p = end) {
		long child = strtol(p, &end, 10);

		if (end == p)
			break;
		pids[n++] = (pid_t)child;
	}
	return n;
}

int proc_children(pid_t pid, pid_t *pids, int max)
{
	int n = 0, done = -1;

	/* pids[] is its own queue: -1 stands for the root. */
	for (; done < n; done++) {
		pid_t parent = done < 0 ? pid : pids[done];
		char path[64];
		struct dirent *e;
		DIR *d;

		snprintf(path, sizeof(path), "/proc/%d/task", parent);
		d = opendir(path);
		while (d && (e = readdir(d)))
			if (e->d_name[0] != '.')
				n = children_of(
					parent, atoi(e->d_name), pids, n, max);
		if (d)
			closedir(d);
	}
	return n;
}

bool proc_lists_children(void)
{
	return !access("/proc/thread-self/children", R_OK);
}

bool proc_news(bool traced)
{
	siginfo_t info = { 0 };

	return !waitid(P_ALL, 0, &info,
		       WEXITED | (traced ? WSTOPPED : 0) | WNOHANG | WNOWAIT |
			       __WALL) &&
	       info.si_pid;
}
