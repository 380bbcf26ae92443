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

static enum hang_answer maps_object(pid_t pid, const struct hang_object *object)
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
		return ret ? HANG_YES : HANG_NO;
	return ret == -ENOENT || ret == -ESRCH ? HANG_NO : HANG_UNKNOWN;
}

static enum hang_answer holds_pipe(pid_t pid, const struct hang_object *pipe)
{
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
			found = st.st_ino == pipe->inode &&
				st.st_dev == pipe->dev;
	}
	closedir(d);
	if (found)
		return HANG_YES;
	return hidden ? HANG_UNKNOWN : HANG_NO;
}

/* Is a descriptor, of whatever, on its way to a socket of the process
 * (SCM_RIGHTS, unix(7))? Nobody has it until it is received (net/unix/
 * af_unix.c, unix_show_fdinfo). */
static bool is_sent_some(pid_t pid)
{
	char path[320], to[8], text[512];
	bool sent = false;
	struct dirent *e;
	const char *p;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	d = opendir(path);
	while (d && !sent && (e = readdir(d))) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, e->d_name);
		memset(to, 0, sizeof(to));
		if (readlink(path, to, sizeof(to) - 1) < 0 ||
			strcmp(to, "socket:") != 0)
			continue;
		proc_read(text, sizeof(text), "%d/fdinfo/%d", pid,
			atoi(e->d_name));
		p = strstr(text, "\nscm_fds: ");
		sent = p && atoi(p + 10) > 0;
	}
	if (d)
		closedir(d);
	return sent;
}

/* A process outside of the cell that has the object, or else one that may not
 * be asked, or else one that may be about to get it. */
static void find_outsider(const struct hang_facts *facts,
	enum hang_answer (*ask)(pid_t, const struct hang_object *),
	struct hang_object *on)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	pid_t sent = 0;

	on->outside = d ? HANG_NO : HANG_UNKNOWN;
	while (d && on->outside != HANG_YES && (e = readdir(d))) {
		pid_t pid = (pid_t)atoi(e->d_name), tid;
		enum hang_answer said;

		if (pid <= 0 || of_cell(facts, pid))
			continue;
		tid = proc_living_thread(pid);
		said = tid ? ask(tid, on) : HANG_NO;
		if (said == HANG_YES ||
			(said == HANG_UNKNOWN && on->outside == HANG_NO &&
				!facts->started)) {
			on->outside = said;
			on->outsider = pid;
		}
		if (tid && said == HANG_NO && !sent && is_sent_some(tid))
			sent = pid;
	}
	if (d)
		closedir(d);
	if (on->outside != HANG_NO || !sent)
		return;
	on->outside = HANG_UNKNOWN;
	on->outsider = sent;
	on->sent = true;
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
	on->inode = m.inode;
	on->dev = m.dev;
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

	(void)facts;
	snprintf(path, sizeof(path), "/proc/%d/fd/%llu", tid,
		(unsigned long long)s->args[0]);
	on->found =
		!stat(path, &st) && S_ISFIFO(st.st_mode) ? HANG_YES : HANG_NO;
	if (on->found != HANG_YES)
		return;
	on->inode = st.st_ino;
	on->dev = st.st_dev;
	on->named = !is_nameless(path, &st);
}

bool outside_may_have(enum wakers_object kind, const struct hang_sleep *s)
{
	return kind != WAKERS_NOTHING && s->on.found == HANG_YES &&
	       !s->on.own && !s->on.runners && !s->on.named;
}

void outside_find(const struct hang_facts *facts, enum wakers_object kind,
	struct hang_sleep *s)
{
	find_outsider(
		facts, kind == WAKERS_WORD ? maps_object : holds_pipe, &s->on);
}
