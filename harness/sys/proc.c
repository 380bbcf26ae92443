/* SPDX-License-Identifier: MIT */
/* proc.c: what /proc tells of processes and threads. */
#include "sys/proc.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/text.h"

#define PF_KTHREAD 0x00200000 /* include/linux/sched.h */

ssize_t proc_read(char *buf, size_t size, const char *format, ...)
{
	char path[64] = "/proc/";
	ssize_t n = 0, got = 0;
	va_list ap;
	int fd;

	va_start(ap, format);
	vsnprintf(path + 6, sizeof(path) - 6, format, ap);
	va_end(ap);
	buf[0] = '\0';
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	/* The kernel hands out some of them in pieces. */
	while ((size_t)n < size - 1 &&
		(got = read(fd, buf + n, size - 1 - (size_t)n)) > 0)
		n += got;
	if (got < 0)
		n = -errno;
	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n;
}

const char *proc_line(const char *text, const char *key)
{
	size_t n = strlen(key);

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		if (!strncmp(text, key, n) && text[n] == ':' &&
			text[n + 1] == '\t')
			return text + n + 2;
	}
	return NULL;
}

bool proc_number(
	const char *text, const char *key, int base, unsigned long *value)
{
	const char *p = proc_line(text, key);

	*value = p ? strtoul(p, NULL, base) : 0;
	return p;
}

DIR *proc_open_threads(pid_t pid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	return opendir(path);
}

pid_t proc_next_thread(DIR *threads)
{
	const struct dirent *e;
	pid_t tid = 0;

	while (!tid && (e = readdir(threads)))
		tid = (pid_t)atoi(e->d_name);
	return tid;
}

long proc_status(pid_t tid, const char *key)
{
	char buf[4096];
	const char *p;

	proc_read(buf, sizeof(buf), "%d/status", tid);
	p = proc_line(buf, key);
	return p ? strtol(p, NULL, 10) : -1;
}

bool proc_has_capability(pid_t tid, int capability)
{
	char buf[4096];
	const char *p;

	proc_read(buf, sizeof(buf), "%d/status", tid);
	p = proc_line(buf, "CapEff");
	return p && strtoull(p, NULL, 16) >> capability & 1;
}

pid_t proc_own_tid(pid_t tid)
{
	char buf[4096], *end;
	const char *p;
	long own = -1, n;

	proc_read(buf, sizeof(buf), "%d/status", tid);
	p = proc_line(buf, "NSpid");
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
	char buf[512];

	if (proc_read(buf, sizeof(buf), "%d/syscall", tid) <= 0 ||
		sscanf(buf, "%*d %*x %*x %*x %*x %*x %*x %llx", &sp) != 1)
		return 0;
	return sp;
}

bool proc_has_own_tid(pid_t pid, pid_t own)
{
	DIR *threads = proc_open_threads(pid);
	bool found = false;
	pid_t tid;

	while (threads && !found && (tid = proc_next_thread(threads)))
		found = proc_own_tid(tid) == own;
	if (threads)
		closedir(threads);
	return found;
}

void proc_comm(pid_t tid, char *name, size_t size)
{
	char buf[64], *end;

	/* It may hold newlines of its own. */
	proc_read(buf, sizeof(buf), "%d/comm", tid);
	end = strrchr(buf, '\n');
	if (end)
		*end = '\0';
	text_show(buf, name, size);
}

bool proc_is_kernel(pid_t pid)
{
	char buf[1024], *p;
	unsigned flags = 0;

	if (proc_read(buf, sizeof(buf), "%d/stat", pid) <= 0)
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
	char buf[1024], *p;

	if (proc_read(buf, sizeof(buf), "%d/task/%d/stat", pid, tid) <= 0)
		return 0;
	p = strrchr(buf, ')');
	return p && p[1] ? p[2] : 0;
}

long proc_filters(pid_t tid)
{
	long n = proc_status(tid, "Seccomp_filters");

	return n >= 0 ? n : proc_status(tid, "Seccomp") > 0;
}

pid_t proc_living_thread(pid_t pid)
{
	char state = proc_state(pid, pid);
	pid_t living = 0, tid;
	DIR *threads;

	if (state && state != 'Z' && state != 'X')
		return pid;
	threads = proc_open_threads(pid);
	while (threads && !living && (tid = proc_next_thread(threads))) {
		state = proc_state(pid, tid);
		if (state && state != 'Z' && state != 'X')
			living = tid;
	}
	if (threads)
		closedir(threads);
	return living;
}

/* Field N, from 3 on, of a stat file and the one after it, added where TWO. */
static uint64_t stat_field(const char *stat, int n, bool two)
{
	/* The second field may hold anything. */
	const char *p = strrchr(stat, ')');
	char *end;
	uint64_t value;

	for (int field = 2; p && field < n; field++)
		p = strchr(p + 1, ' ');
	if (!p)
		return 0;
	value = strtoull(p, &end, 10);
	return two ? value + strtoull(end, NULL, 10) : value;
}

static uint64_t ticks_us(uint64_t ticks)
{
	return ticks * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

uint64_t proc_start_us(pid_t pid)
{
	char buf[1024];

	if (proc_read(buf, sizeof(buf), "%d/stat", pid) <= 0)
		return 0;
	return ticks_us(stat_field(buf, 22, false));
}

long proc_thread_us(pid_t pid, pid_t tid)
{
	char buf[1024];

	if (proc_read(buf, sizeof(buf), "%d/task/%d/stat", pid, tid) <= 0)
		return 0;
	return (long)ticks_us(stat_field(buf, 14, true));
}

long proc_cpu_us(pid_t pid)
{
	clockid_t clock;

	return clock_getcpuclockid(pid, &clock)
		       ? 0
		       : (long)(clock_ns(clock) / 1000);
}

static int children_of(pid_t pid, pid_t tid, pid_t *pids, int n, int max)
{
	char buf[4096], *p = buf, *end;

	if (proc_read(buf, sizeof(buf), "%d/task/%d/children", pid, tid) <= 0)
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
		DIR *threads = proc_open_threads(parent);
		pid_t tid;

		while (threads && (tid = proc_next_thread(threads)))
			n = children_of(parent, tid, pids, n, max);
		if (threads)
			closedir(threads);
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

void proc_die_with(pid_t parent, int sig)
{
	prctl(PR_SET_PDEATHSIG, sig);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
}

bool proc_is_own(void)
{
	char own[16], link[16] = "";
	ssize_t n = readlink("/proc/self", link, sizeof(link) - 1);

	snprintf(own, sizeof(own), "%d", (int)getpid());
	return n > 0 && !strcmp(own, link);
}

bool proc_is_32(pid_t tid)
{
	unsigned char ident[EI_NIDENT] = { 0 };
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (read(fd, ident, sizeof(ident)) < 0)
			ident[EI_CLASS] = 0;
		close(fd);
	}
	return ident[EI_CLASS] == ELFCLASS32;
}
