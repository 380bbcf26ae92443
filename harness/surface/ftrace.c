/* SPDX-License-Identifier: MIT */
/* ftrace.c: a command, and what it starts, followed by the kernel's tracer of
 * functions (Documentation/trace/ftrace.rst). */
#include "surface/ftrace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "surface/lanes.h"
#include "sys/inherit.h"

#define TRACEFS "/sys/kernel/tracing"

static char place[PATH_MAX]; /* the instance */

__attribute__((format(printf, 2, 3))) static int write_to(
	const char *file, const char *format, ...)
{
	char path[PATH_MAX + 64], text[64];
	va_list ap;
	int fd, n, err;

	va_start(ap, format);
	n = vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	snprintf(path, sizeof(path), "%s/%s", place, file);
	fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = write(fd, text, (size_t)n) == n ? 0 : -errno;
	close(fd);
	return err;
}

static ssize_t read_from(const char *file, char *text, size_t size)
{
	char path[PATH_MAX + 64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", place, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = read(fd, text, size - 1);
	n = n < 0 ? -errno : n;
	text[n < 0 ? 0 : n] = '\0';
	close(fd);
	return n;
}

int ftrace_symbols(struct symbols *s, struct failure *f)
{
	FILE *from = fopen("/proc/kallsyms", "re");
	int err = from ? symbols_read(s, from) : -errno;

	if (from)
		fclose(from);
	if (!err)
		return 0;
	return failure_set(f, FAILURE_SYSTEM, "/proc/kallsyms: %s",
		err == -EPERM ? "it hides where the kernel's functions are: "
				"that takes root, and kernel.kptr_restrict "
				"below 2"
			      : strerror(-err));
}

static const struct {
	const char *name, *file;
} events[RING_KINDS] = {
	[RING_FUNCTION] = { NULL, "ftrace/function" },
	[RING_ENTER] = { "raw_syscalls/sys_enter", "raw_syscalls/sys_enter" },
	[RING_EXIT] = { "raw_syscalls/sys_exit", "raw_syscalls/sys_exit" },
	[RING_FORK] = { "sched/sched_process_fork",
		"sched/sched_process_fork" },
};

/* The events' formats are the same in each instance; ftrace/ is the top's
 * alone in some kernels. */
static int take_formats(struct ring_format *format, struct failure *f)
{
	char text[4096], file[128];

	for (int i = 0; i < RING_KINDS; i++) {
		ssize_t n;

		snprintf(file, sizeof(file), "../../events/%s/format",
			events[i].file);
		n = read_from(file, text, sizeof(text));
		if (n < 0)
			return failure_set(f, FAILURE_SYSTEM, TRACEFS "/%s: %s",
				file + 6, strerror((int)-n));
		if (ring_take_format(format, (enum ring_kind)i, text))
			return failure_set(f, FAILURE_SYSTEM,
				TRACEFS "/%s: not understood", file + 6);
	}
	return 0;
}

static int make_instance(struct failure *f)
{
	struct stat st;

	if (geteuid())
		return failure_set(
			f, FAILURE_SYSTEM, "the kernel's tracer takes root");
	if (stat(TRACEFS "/instances", &st))
		return failure_set(f, FAILURE_SYSTEM,
			TRACEFS ": no tracefs there: mount -t tracefs "
				"tracefs " TRACEFS);
	snprintf(place, sizeof(place), TRACEFS "/instances/quartet-%d",
		(int)getpid());
	if (mkdir(place, 0700)) {
		int err = errno;

		place[0] = '\0';
		return failure_set(f, FAILURE_SYSTEM, TRACEFS "/instances: %s",
			strerror(err));
	}
	return 0;
}

static void remove_instance(void)
{
	if (!place[0])
		return;
	write_to("tracing_on", "0");
	write_to("current_tracer", "nop");
	write_to("events/enable", "0");
	rmdir(place);
	place[0] = '\0';
}

/* PID and what it starts, and nobody else. */
static int set_up(pid_t pid, unsigned long kb, struct failure *f)
{
	const struct {
		const char *file, *text;
	} steps[] = {
		{ "tracing_on", "0" },
		{ "trace_clock", "counter" },
		{ "options/overwrite", "0" },
		{ "options/function-fork", "1" },
		{ "options/event-fork", "1" },
	};
	int err;

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		err = write_to(steps[i].file, "%s", steps[i].text);
		if (err)
			return failure_set(f, FAILURE_SYSTEM, "%s/%s: %s",
				place, steps[i].file, strerror(-err));
	}
	err = write_to("buffer_size_kb", "%lu", kb);
	err = err ? err : write_to("set_ftrace_pid", "%d", (int)pid);
	err = err ? err : write_to("set_event_pid", "%d", (int)pid);
	for (int i = 0; i < RING_KINDS && !err; i++)
		if (events[i].name) {
			char file[128];

			snprintf(file, sizeof(file), "events/%s/enable",
				events[i].name);
			err = write_to(file, "1");
		}
	if (err)
		return failure_set(
			f, FAILURE_SYSTEM, "%s: %s", place, strerror(-err));
	err = write_to("current_tracer", "function");
	if (err)
		return failure_set(f, FAILURE_SYSTEM,
			"this kernel has no tracer of functions, or lets "
			"nobody use it: %s/current_tracer: %s",
			place, strerror(-err));
	err = write_to("tracing_on", "1");
	return err ? failure_set(f, FAILURE_SYSTEM, "%s/tracing_on: %s", place,
			     strerror(-err))
		   : 0;
}

/* It waits until it is followed. */
static pid_t start(char **argv, int *go)
{
	int fds[2];
	pid_t pid;
	char c;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid == 0) {
		close(fds[1]);
		inherit_only();
		if (read(fds[0], &c, 1) == 1)
			execvp(argv[0], argv);
		else
			_exit(111);
		failure_say("surface: %s: %s", argv[0], strerror(errno));
		_exit(127);
	}
	close(fds[0]);
	*go = fds[1];
	return pid < 0 ? -errno : pid;
}

static int open_pages(int cpu)
{
	char path[PATH_MAX + 64];
	int fd;

	snprintf(path, sizeof(path), "%s/per_cpu/cpu%d/trace_pipe_raw", place,
		cpu);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static unsigned long sum_lost(int ncpus)
{
	static const char *const keys[] = {
		"\noverrun: ", "\ncommit overrun: ", "\ndropped events: "
	};
	unsigned long sum = 0;
	char file[64], text[1024];

	for (int cpu = 0; cpu < ncpus; cpu++) {
		snprintf(file, sizeof(file), "per_cpu/cpu%d/stats", cpu);
		if (read_from(file, text, sizeof(text)) < 0)
			continue;
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
			const char *p = strstr(text, keys[i]);

			sum += p ? strtoul(p + strlen(keys[i]), NULL, 10) : 0;
		}
	}
	return sum;
}

/* Until PID has ended and nothing is left to read. */
static int follow(struct lanes *m, pid_t pid, int *status)
{
	bool ended = false;
	int err = 0;

	while (!err) {
		bool was = ended;

		if (!ended)
			ended = waitpid(pid, status, WNOHANG) == pid;
		err = lanes_read(m, was);
		if (err == -EAGAIN) {
			err = 0;
			if (!was)
				usleep(5000);
		}
		if (was)
			break;
	}
	return err;
}

int ftrace_run(struct reach *r, char **argv, unsigned long kb,
	struct ftrace_sums *sums, struct failure *f)
{
	struct lanes m = { .r = r };
	int ret, go = -1, err, fd;
	pid_t pid;

	*sums = (struct ftrace_sums){ 0 };
	ret = make_instance(f);
	if (ret || take_formats(&m.format, f)) {
		remove_instance();
		return -1;
	}
	pid = start(argv, &go);
	ret = pid < 0 ? failure_set(f, FAILURE_SYSTEM, "%s: %s", argv[0],
				strerror(-pid))
		      : set_up(pid, kb, f);
	for (int cpu = 0; !ret && (fd = open_pages(cpu)) >= 0; cpu++)
		if (lanes_add(&m, fd))
			ret = failure_set(f, FAILURE_SYSTEM, "no memory");
	if (!ret && write(go, "", 1) != 1)
		ret = failure_set(f, FAILURE_SYSTEM, "%s", strerror(errno));
	if (go >= 0)
		close(go);
	/* It goes to the command too, and this ends with it. */
	signal(SIGINT, SIG_IGN);
	if (!ret) {
		err = follow(&m, pid, &sums->status);
		sums->events = m.events;
		sums->lost = sum_lost(m.n);
		sums->lost_some = m.lost || sums->lost;
		if (err)
			ret = failure_set(f, FAILURE_SYSTEM, "the trace: %s",
				strerror(-err));
	}
	if (ret && pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	lanes_close(&m);
	remove_instance();
	return ret;
}
