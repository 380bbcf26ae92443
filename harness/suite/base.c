/* SPDX-License-Identifier: MIT */
/* base.c: the folder that the boxes of one run lie in. */
#include "suite/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
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

/* It gets its name when it is locked: till then nobody takes it for stale. */
int base_open(struct base *b)
{
	char part[sizeof(b->dir)];
	size_t n;

	remove_all_stale();
	b->lock = -1;
	snprintf(part, sizeof(part), "%s/quartet-new-XXXXXX", tmp_dir());
	snprintf(b->dir, sizeof(b->dir), "%s", part);
	if (!mkdtemp(part))
		return -errno;
	n = strlen(part);
	snprintf(b->dir, sizeof(b->dir), "%s/" PREFIX "%s", tmp_dir(),
		part + n - 6);
	b->lock = open(part, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b->lock >= 0 && !flock(b->lock, LOCK_EX | LOCK_NB) &&
		!rename(part, b->dir))
		return 0;
	n = (size_t)errno;
	rmdir(part);
	return -(int)n;
}

void base_close(struct base *b)
{
	if (b->lock < 0)
		return;
	empty(b->lock);
	rmdir(b->dir);
	close(b->lock);
	b->lock = -1;
}
