/* SPDX-License-Identifier: MIT */
/* base.c: the folder that the boxes of one run lie in. */
#include "suite/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/tree.h"

#define PREFIX "quartet-run-"

static const char *tmp_dir(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp && tmp[0] && strlen(tmp) < 80 ? tmp : "/tmp";
}

/* The boxes alone: somebody may have put other things there. */
static void empty(int fd)
{
	DIR *d = fdopendir(dup(fd));
	const struct dirent *e;

	while (d && (e = readdir(d)))
		if (!fnmatch("box??????", e->d_name, 0))
			tree_remove(fd, e->d_name);
	if (d)
		closedir(d);
}

/* Of a run whose processes are all gone: nobody holds its lock. */
static void remove_stale(int tmp, const char *name)
{
	int fd = openat(
		tmp, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_uid == geteuid() &&
		!flock(fd, LOCK_EX | LOCK_NB)) {
		empty(fd);
		unlinkat(tmp, name, AT_REMOVEDIR);
	}
	close(fd);
}

static void remove_all_stale(void)
{
	DIR *tmp = opendir(tmp_dir());
	const struct dirent *e;

	while (tmp && (e = readdir(tmp)))
		if (!fnmatch(PREFIX "??????", e->d_name, 0))
			remove_stale(dirfd(tmp), e->d_name);
	if (tmp)
		closedir(tmp);
}

/* Locked, and there still. */
static bool is_held(const struct base *b)
{
	struct stat st, there;

	return b->lock >= 0 && !flock(b->lock, LOCK_EX | LOCK_NB) &&
	       !fstat(b->lock, &st) && !lstat(b->dir, &there) &&
	       st.st_dev == there.st_dev && st.st_ino == there.st_ino;
}

/* -EAGAIN: before it was locked, another run took it for stale. */
static int make(struct base *b)
{
	int err;

	b->lock = -1;
	snprintf(b->dir, sizeof(b->dir), "%s/" PREFIX "XXXXXX", tmp_dir());
	if (!mkdtemp(b->dir))
		return -errno;
	b->lock = open(b->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	err = b->lock < 0 && errno != ENOENT ? -errno : -EAGAIN;
	if (is_held(b))
		return 0;
	if (b->lock >= 0)
		close(b->lock);
	b->lock = -1;
	rmdir(b->dir);
	return err;
}

/* What exits half-way leaves nothing either, if it is who made it. */
static struct base last;
static pid_t maker;

static void close_last(void)
{
	if (getpid() == maker)
		base_close(&last);
}

/* Each run looks for stale ones once, and not that many begin at a time. */
int base_open(struct base *b)
{
	int err = -EAGAIN;

	remove_all_stale();
	for (int i = 0; i < 100 && err == -EAGAIN; i++)
		err = make(b);
	if (err)
		return err;
	if (!maker)
		atexit(close_last);
	maker = getpid();
	last = *b;
	return 0;
}

void base_close(struct base *b)
{
	if (b->lock < 0)
		return;
	empty(b->lock);
	rmdir(b->dir);
	close(b->lock);
	b->lock = -1;
	last.lock = -1;
}
