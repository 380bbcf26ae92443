/* SPDX-License-Identifier: MIT */
/* look.c: what /proc tells of an executor. */
#include "executor/look.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Who is asleep for good is so at each look. */
#define LOOKS	10
#define LOOK_US 5000

int look_count(pid_t pid, const char *name)
{
	char path[64];
	DIR *dir;
	int n = 0;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	dir = opendir(path);
	if (!dir)
		return -1;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* A file of a thread's in /proc, as text; empty when it cannot be read. */
static void read_proc(
	pid_t pid, int tid, const char *name, char *text, size_t size)
{
	char path[96];
	ssize_t n;
	int fd;

	snprintf(
		path, sizeof(path), "/proc/%d/task/%d/%s", (int)pid, tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? 0 : read(fd, text, size - 1);
	text[n > 0 ? n : 0] = 0;
	close(fd);
}

/* The number behind NAME in a status file; 0 without one. */
static long field(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at ? strtol(at + strlen(name), NULL, 10) : 0;
}

/* How often they were switched to; -1 when one does not sleep. */
static long switches(pid_t pid, const int32_t *tids)
{
	char text[4096];
	long sum = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const char *state;

		if (!tids[i])
			return -1;
		read_proc(pid, tids[i], "status", text, sizeof(text));
		state = strstr(text, "\nState:\t");
		if (!state)
			continue;
		if (!strchr("SDI", state[8]))
			return -1;
		sum += field(text, "\nvoluntary_ctxt_switches:") +
		       field(text, "\nnonvoluntary_ctxt_switches:");
	}
	return sum;
}

bool look_asleep(pid_t pid, const int32_t *tids)
{
	long first = switches(pid, tids);

	for (int i = 0; i < LOOKS && first >= 0; i++) {
		usleep(LOOK_US);
		if (switches(pid, tids) != first)
			return false;
	}
	return first >= 0;
}

/* "[<0>] futex_do_wait+0x38/0x70", a line a function, the innermost first
 * (proc(5), /proc/pid/stack): "futex_do_wait < ...", without the entry. */
static void join_stack(char *lines, char *text, size_t size)
{
	char *rest = lines, *line;
	size_t n = 0;

	text[0] = 0;
	while ((line = strsep(&rest, "\n"))) {
		char *name = strchr(line, ' ');

		if (!name || strstr(name, "do_syscall"))
			break;
		name[strcspn(name, "+")] = 0;
		n = strlen(text);
		if (n + strlen(name) + 4 > size)
			break;
		snprintf(text + n, size - n, "%s%s", n ? " <" : "",
			n ? name : name + 1);
	}
}

void look_at_stuck(pid_t pid, struct result *r)
{
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct stuck_thread *t = &r->stuck_threads[i];
		char text[2048];

		read_proc(pid, r->tids[i], "stat", text, sizeof(text));
		if (strrchr(text, ')'))
			t->state = strrchr(text, ')')[2];
		read_proc(pid, r->tids[i], "stack", text, sizeof(text));
		join_stack(text, t->at, sizeof(t->at));
		/* Who may not read the one may read the other. */
		if (!t->at[0])
			read_proc(
				pid, r->tids[i], "wchan", t->at, sizeof(t->at));
	}
}
