/* SPDX-License-Identifier: MIT */
/*
 * wakers.c: what could wake a sleeping thread.
 *
 * A futex is known by its key (kernel/futex/core.c, get_futex_key): with
 * FUTEX_PRIVATE_FLAG, or on anonymous private memory, by the address space and
 * the address; on a mapped file or shared memory by the object and the offset,
 * and then whoever maps the object can wake.
 */
#include "hang/wakers.h"

#include <dirent.h>
#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/maps.h"
#include "sys/proc.h"

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

__attribute__((format(printf, 3, 4))) static bool no(
	char *why, size_t size, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, size, format, ap);
	va_end(ap);
	return false;
}

static bool of_cell(const struct hang_facts *facts, pid_t pid)
{
	for (int i = 0; i < facts->npids; i++)
		if (facts->pids[i] == pid)
			return true;
	return false;
}

/* A thread of the process that has memory and descriptors: not its leader when
 * that ended before the others. 0: none is left. */
static pid_t living_thread(pid_t pid)
{
	pid_t living = 0;
	struct dirent *e;
	char path[32];
	DIR *d;

	if (proc_state(pid, pid) != 'Z')
		return pid;
	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	d = opendir(path);
	while (d && !living && (e = readdir(d))) {
		pid_t tid = (pid_t)atoi(e->d_name);
		char state = tid > 0 ? proc_state(pid, tid) : 'Z';

		if (state && state != 'Z' && state != 'X')
			living = tid;
	}
	if (d)
		closedir(d);
	return living;
}

/* 1: it maps the object; 0: it does not; -1: not to be known. */
static int maps_object(pid_t pid, const struct map *object)
{
	struct maps maps;
	struct map map;
	int ret = maps_open(&maps, pid);

	if (!ret) {
		do
			ret = maps_next(&maps, &map);
		while (ret > 0 &&
			(map.inode != object->inode || map.dev != object->dev));
		maps_close(&maps);
	}
	if (ret >= 0)
		return ret;
	return ret == -ENOENT || ret == -ESRCH ? 0 : -1;
}

/* 1: it holds the pipe; 0: it does not; -1: not to be known. */
static int holds_pipe(pid_t pid, const struct stat *pipe)
{
	char path[320];
	struct dirent *e;
	bool hidden = false;
	struct stat st;
	int found = 0;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	d = opendir(path);
	if (!d)
		return errno == ENOENT || errno == ESRCH ? 0 : -1;
	while (!found && (e = readdir(d))) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, e->d_name);
		if (stat(path, &st))
			hidden = hidden || errno == EACCES;
		else
			found = st.st_ino == pipe->st_ino &&
				st.st_dev == pipe->st_dev;
	}
	closedir(d);
	return found || !hidden ? found : -1;
}

/* A process outside of the cell that has the object, or else one that may not
 * be asked; *ANSWER says which. */
static pid_t find_outsider(const struct hang_facts *facts,
	int (*ask)(pid_t, const void *), const void *what, int *answer)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	pid_t hit = 0;

	*answer = 0;
	while (d && *answer <= 0 && (e = readdir(d))) {
		pid_t pid = (pid_t)atoi(e->d_name), tid;
		int said;

		if (pid <= 0 || of_cell(facts, pid))
			continue;
		tid = living_thread(pid);
		said = tid ? ask(tid, what) : 0;
		if (said > 0 || (said < 0 && !hit && !facts->started)) {
			*answer = said;
			hit = pid;
		}
	}
	if (d)
		closedir(d);
	return hit;
}

static int ask_mapping(pid_t pid, const void *what)
{
	return maps_object(pid, what);
}

static int ask_pipe(pid_t pid, const void *what)
{
	return holds_pipe(pid, what);
}

static bool is_shared_by_runner(
	const struct hang_facts *facts, const struct map *m)
{
	return m->inode == facts->shared_ino && m->dev == facts->shared_dev;
}

static bool word_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	uint64_t addr = s->args[0];
	struct map m;
	int answer = 0;
	pid_t outsider;

	if (maps_find(s->tid, addr, &m) <= 0)
		return no(why, size, "thread %d waits on unmapped memory",
			s->tid);
	/* The key is taken from the page after a write fault, which makes a
	 * page of a private file mapping anonymous. */
	if (m.perms[3] == 'p' && (m.inode == 0 || m.perms[1] == 'w'))
		return true;
	if (is_shared_by_runner(facts, &m))
		return no(why, size, "thread %d waits on the runner's own page",
			s->tid);
	outsider = find_outsider(facts, ask_mapping, &m, &answer);
	if (!outsider)
		return true;
	return no(why, size,
		answer > 0 ? "thread %d waits on memory that process %d, "
			     "outside, maps too"
			   : "thread %d waits on shared memory, and the maps "
			     "of process %d cannot be read",
		s->tid, outsider);
}

static bool futex_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	int op = (int)s->args[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	bool private = s->args[1] & FUTEX_PRIVATE_FLAG;
	bool waits = op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET ||
		     op == FUTEX_LOCK_PI || op == FUTEX_LOCK_PI2 ||
		     op == FUTEX_WAIT_REQUEUE_PI;

	snprintf(s->waits_for, sizeof(s->waits_for), "%s 0x%llx, %s, %s",
		op == FUTEX_LOCK_PI || op == FUTEX_LOCK_PI2 ? "PI futex"
							    : "futex",
		(unsigned long long)s->args[0], private ? "private" : "shared",
		s->args[3] ? "with a time-out" : "no time-out");
	if (!waits || s->args[3])
		return no(why, size, "thread %d waits with a time-out", s->tid);
	return private || word_inside(facts, s, why, size);
}

/* Whom nobody can open any more: a pipe, or a FIFO that was unlinked. */
static bool is_nameless(const char *path, const struct stat *st)
{
	char to[8] = "";

	return !st->st_nlink || (readlink(path, to, sizeof(to) - 1) > 0 &&
					!strncmp(to, "pipe:[", 6));
}

static bool pipe_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	char path[64];
	struct stat st;
	int answer = 0;
	pid_t outsider;

	snprintf(path, sizeof(path), "/proc/%d/fd/%llu", s->tid,
		(unsigned long long)s->args[0]);
	if (stat(path, &st) || !S_ISFIFO(st.st_mode)) {
		snprintf(s->waits_for, sizeof(s->waits_for),
			"%s on descriptor %llu", s->call,
			(unsigned long long)s->args[0]);
		return no(why, size,
			"thread %d waits on descriptor %llu, which is no pipe",
			s->tid, (unsigned long long)s->args[0]);
	}
	snprintf(s->waits_for, sizeof(s->waits_for),
		"%s on pipe %lu, descriptor %llu", s->call,
		(unsigned long)st.st_ino, (unsigned long long)s->args[0]);
	if (!is_nameless(path, &st))
		return no(why, size,
			"thread %d waits on a FIFO that has a name: anybody "
			"may open it",
			s->tid);
	outsider = find_outsider(facts, ask_pipe, &st, &answer);
	if (!outsider)
		return true;
	return no(why, size,
		answer > 0 ? "thread %d waits on a pipe that process %d, "
			     "outside, holds"
			   : "thread %d waits on a pipe, and the descriptors "
			     "of process %d cannot be read",
		s->tid, outsider);
}

static bool signal_inside(const struct hang_facts *facts,
	struct thread_state *s, char *why, size_t size)
{
	bool timed = !strncmp(s->call, "rt_sigtimedwait", 15) && s->args[2];

	snprintf(s->waits_for, sizeof(s->waits_for), "a signal, %s",
		timed ? "with a time-out" : "no time-out");
	if (timed)
		return no(why, size, "thread %d waits with a time-out", s->tid);
	return !facts->signals_come ||
	       no(why, size, "thread %d waits for a signal from outside",
		       s->tid);
}

static bool time_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	(void)facts;
	snprintf(s->waits_for, sizeof(s->waits_for), "time to pass");
	return no(why, size, "thread %d waits for time to pass", s->tid);
}

static bool unknown(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	(void)facts;
	snprintf(s->waits_for, sizeof(s->waits_for), "%s returning",
		s->call[0] ? s->call : "something");
	return no(why, size, "who could wake thread %d from %s is not known",
		s->tid, s->call[0] ? s->call : "where it sleeps");
}

/* Waits for descriptors, whose time-out is argument number AT. */
static bool poll_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	bool in_ms = !strcmp(s->call, "poll") ||
		     !strcmp(s->call, "epoll_wait") ||
		     !strcmp(s->call, "epoll_pwait");
	int at = strstr(s->call, "select")	 ? 4
		 : !strncmp(s->call, "epoll", 5) ? 3
						 : 2;

	if (in_ms ? (int)s->args[at] < 0 : !s->args[at])
		return unknown(facts, s, why, size);
	snprintf(s->waits_for, sizeof(s->waits_for),
		"%s returning, or time to pass", s->call);
	return no(why, size, "thread %d waits with a time-out", s->tid);
}

/* Its children are the cell's: of_cell() is closed under fork. */
static bool child_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	(void)facts;
	(void)why;
	(void)size;
	snprintf(s->waits_for, sizeof(s->waits_for), "the end of a child");
	return true;
}

static const struct {
	const char *call;
	bool (*inside)(const struct hang_facts *facts, struct thread_state *s,
		char *why, size_t size);
} rules[] = {
	{ "futex", futex_inside },
	{ "futex_time64", futex_inside },
	{ "read", pipe_inside },
	{ "readv", pipe_inside },
	{ "write", pipe_inside },
	{ "writev", pipe_inside },
	{ "pause", signal_inside },
	{ "rt_sigsuspend", signal_inside },
	{ "rt_sigtimedwait", signal_inside },
	{ "rt_sigtimedwait_time64", signal_inside },
	{ "nanosleep", time_inside },
	{ "clock_nanosleep", time_inside },
	{ "clock_nanosleep_time64", time_inside },
	{ "restart_syscall", time_inside },
	{ "poll", poll_inside },
	{ "ppoll", poll_inside },
	{ "ppoll_time64", poll_inside },
	{ "select", poll_inside },
	{ "_newselect", poll_inside },
	{ "pselect6", poll_inside },
	{ "pselect6_time64", poll_inside },
	{ "epoll_wait", poll_inside },
	{ "epoll_pwait", poll_inside },
	{ "epoll_pwait2", poll_inside },
	{ "wait4", child_inside },
	{ "waitid", child_inside },
	{ "waitpid", child_inside },
};

bool wakers_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].call, s->call))
			return rules[i].inside(facts, s, why, size);
	return unknown(facts, s, why, size);
}
