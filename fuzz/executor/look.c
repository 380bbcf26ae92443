/* SPDX-License-Identifier: MIT */
/* look.c: what /proc tells of an executor. */
#include "executor/look.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/proc.h"
#include "sys/text.h"

/* Who is asleep for good is so at each look. */
#define LOOKS	10
#define LOOK_US 5000

int look_count(pid_t pid, const char *name)
{
	char path[64];
	DIR *dir;
	int n = 0;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	dir = opendir(path);
	if (!dir)
		return -1;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* The state of the thread whose /proc/PID/task/TID/stat is open; 0: gone. */
static char state_of(int fd)
{
	char text[512];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	const char *name;

	if (n <= 0)
		return 0;
	text[n] = 0;
	name = strrchr(text, ')');
	return name && name[1] ? name[2] : 0;
}

char look_state(struct look_files *files, pid_t pid, int32_t tid, int i)
{
	char path[64];

	if (files->tids[i] != tid || !tid) {
		if (files->tids[i])
			close(files->fds[i]);
		snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
		files->fds[i] = open(path, O_RDONLY | O_CLOEXEC);
		files->tids[i] = files->fds[i] < 0 ? 0 : tid;
	}
	return files->tids[i] ? state_of(files->fds[i]) : 0;
}

void look_close(struct look_files *files)
{
	for (int i = 0; i < PROGRAM_THREADS; i++)
		if (files->tids[i])
			close(files->fds[i]);
	memset(files, 0, sizeof(*files));
}

/* How often a thread was switched to; -1 when it does not sleep. */
static long switches_of(pid_t pid, int32_t tid)
{
	unsigned long own = 0, forced = 0;
	char text[4096];
	const char *state;

	if (!tid)
		return -1;
	proc_read(text, sizeof(text), "%d/task/%d/status", pid, tid);
	state = proc_line(text, "State");
	if (!state)
		return 0;
	if (!strchr("SDI", *state))
		return -1;
	proc_number(text, "voluntary_ctxt_switches", 10, &own);
	proc_number(text, "nonvoluntary_ctxt_switches", 10, &forced);
	return (long)(own + forced);
}

static long switches(pid_t pid, const int32_t *tids, bool leader)
{
	long sum = leader ? switches_of(pid, pid) : 0, n = 0;

	for (int i = 0; i < PROGRAM_THREADS && sum >= 0; i++) {
		n = switches_of(pid, tids[i]);
		sum = n < 0 ? -1 : sum + n;
	}
	return sum;
}

bool look_asleep(pid_t pid, const int32_t *tids, bool leader)
{
	long first = switches(pid, tids, leader);

	for (int i = 0; i < LOOKS && first >= 0; i++) {
		usleep(LOOK_US);
		if (switches(pid, tids, leader) != first)
			return false;
	}
	return first >= 0;
}

/* Field 52 of /proc/PID/stat, of a process without a leader; 0: not told. */
static int exit_code(const char *state)
{
	const char *at = state;

	for (int field = 3; at && field < 52; field++)
		at = strchr(at + 1, ' ');
	return at ? atoi(at + 1) : 0;
}

int look_headless(pid_t pid)
{
	char text[1024];
	const char *name;
	int code;

	if (proc_read(text, sizeof(text), "%d/stat", (int)pid) <= 0)
		return -1;
	name = strrchr(text, ')');
	if (!name || strncmp(name, ") Z", 3))
		return -1;
	code = exit_code(name + 2);
	return code ? code : SIGSYS;
}

/* "[<0>] futex_do_wait+0x38/0x70", a line a function, the innermost first
 * (proc(5), /proc/pid/stack): "futex_do_wait < ...", without the entry. */
static void join_stack(char *lines, char *text, size_t size)
{
	char *rest = lines, *line;
	struct text t = text_in(text, size);

	while ((line = strsep(&rest, "\n"))) {
		char *name = strchr(line, ' ');

		if (!name || strstr(name, "do_syscall"))
			break;
		name[strcspn(name, "+")] = 0;
		if (t.n + strlen(name) + 4 > size)
			break;
		text_put(&t, "%s%s", t.n ? " <" : "", t.n ? name : name + 1);
	}
}

void look_at_stuck(pid_t pid, struct result *r)
{
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct stuck_thread *t = &r->stuck_threads[i];
		char text[2048];

		proc_read(
			text, sizeof(text), "%d/task/%d/stat", pid, r->tids[i]);
		if (strrchr(text, ')'))
			t->state = strrchr(text, ')')[2];
		proc_read(text, sizeof(text), "%d/task/%d/stack", pid,
			r->tids[i]);
		join_stack(text, t->at, sizeof(t->at));
		/* Who may not read the one may read the other. */
		if (!t->at[0])
			proc_read(t->at, sizeof(t->at), "%d/task/%d/wchan", pid,
				r->tids[i]);
	}
}
