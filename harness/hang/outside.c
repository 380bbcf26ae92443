/* SPDX-License-Identifier: MIT */
/*
 * outside.c: who has what a sleeper waits on.
 *
 * A futex is known by its key (kernel/futex/core.c, get_futex_key): with
 * FUTEX_PRIVATE_FLAG, or on anonymous private memory, by the address space and
 * the address; on a mapped file or shared memory by the object and the offset,
 * and then whoever maps the object can wake.
 */
#include "hang/outside.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/maps.h"
#include "sys/proc.h"

static bool of_cell(const struct hang_facts *facts, pid_t pid)
{
	for (int i = 0; i < facts->npids; i++)
		if (facts->pids[i] == pid)
			return true;
	return false;
}

static enum hang_answer maps_object(pid_t pid, const void *what)
{
	const struct map *object = what;
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
		return ret ? HANG_YES : HANG_NO;
	return ret == -ENOENT || ret == -ESRCH ? HANG_NO : HANG_UNKNOWN;
}

static enum hang_answer holds_pipe(pid_t pid, const void *object)
{
	const struct stat *pipe = object;
	bool hidden = false, found = false;
	char path[320];
	struct dirent *e;
	struct stat st;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	d = opendir(path);
	if (!d)
		return errno == ENOENT || errno == ESRCH ? HANG_NO
							 : HANG_UNKNOWN;
	while (!found && (e = readdir(d))) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, e->d_name);
		if (stat(path, &st))
			hidden = hidden || errno == EACCES;
		else
			found = st.st_ino == pipe->st_ino &&
				st.st_dev == pipe->st_dev;
	}
	closedir(d);
	if (found)
		return HANG_YES;
	return hidden ? HANG_UNKNOWN : HANG_NO;
}

/* A process outside of the cell that has the object, or else one that may not
 * be asked. */
static void find_outsider(const struct hang_facts *facts,
	enum hang_answer (*ask)(pid_t, const void *), const void *what,
	struct hang_object *on)
{
	DIR *d = opendir("/proc");
	struct dirent *e;

	on->outside = d ? HANG_NO : HANG_UNKNOWN;
	while (d && on->outside != HANG_YES && (e = readdir(d))) {
		pid_t pid = (pid_t)atoi(e->d_name), tid;
		enum hang_answer said;

		if (pid <= 0 || of_cell(facts, pid))
			continue;
		tid = proc_living_thread(pid);
		said = tid ? ask(tid, what) : HANG_NO;
		if (said == HANG_YES ||
			(said == HANG_UNKNOWN && on->outside == HANG_NO &&
				!facts->started)) {
			on->outside = said;
			on->outsider = pid;
		}
	}
	if (d)
		closedir(d);
}

void outside_look_word(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s)
{
	struct hang_object *on = &s->on;
	struct map m;
	int ret = maps_find(tid, s->args[0], &m);

	on->found = ret < 0 ? HANG_UNKNOWN : ret ? HANG_YES : HANG_NO;
	if (on->found != HANG_YES)
		return;
	/* The key is taken from the page after a write fault, which makes a
	 * page of a private file mapping anonymous. */
	on->own = m.perms[3] == 'p' && (m.inode == 0 || m.perms[1] == 'w');
	on->runners =
		m.inode == facts->shared_ino && m.dev == facts->shared_dev;
	if (!on->own && !on->runners)
		find_outsider(facts, maps_object, &m, on);
}

/* Whom nobody can open any more: a pipe, or a FIFO that was unlinked. */
static bool is_nameless(const char *path, const struct stat *st)
{
	char to[8] = "";

	return !st->st_nlink || (readlink(path, to, sizeof(to) - 1) > 0 &&
					!strncmp(to, "pipe:[", 6));
}

void outside_look_pipe(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s)
{
	struct hang_object *on = &s->on;
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/%llu", tid,
		(unsigned long long)s->args[0]);
	on->found =
		!stat(path, &st) && S_ISFIFO(st.st_mode) ? HANG_YES : HANG_NO;
	if (on->found != HANG_YES)
		return;
	on->inode = st.st_ino;
	on->named = !is_nameless(path, &st);
	if (!on->named)
		find_outsider(facts, holds_pipe, &st, on);
}
