/* SPDX-License-Identifier: MIT */
/*
 * read_minijail_include.c: the files that a policy's @include names. A
 * stranger's policy must not reach for anything but policies: what is wrong in
 * a file is quoted in messages.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profile/profile.h"
#include "profile/read_minijail.h"

#define MAX_FILES 256
#define MAX_DEPTH 8 /* as compile_seccomp_policy.py: 9 files with the first */
#define MAX_SIZE  (1 << 20)

static const char *folders[16];
static unsigned nfolders;

bool profile_include(const char *folder)
{
	if (nfolders == sizeof(folders) / sizeof(*folders))
		return false;
	folders[nfolders++] = folder;
	return true;
}

static int open_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size <= MAX_SIZE)
		return fd;
	close(fd);
	return -EINVAL;
}

static bool is_policy(const char *name)
{
	size_t n = strlen(name);

	return n > 7 && !strcmp(name + n - 7, ".policy");
}

/* Below each folder: there at its whole path, or by its name alone. */
static int open_below(const char *name, char *path, size_t size)
{
	const char *base = strrchr(name, '/');
	int fd = -ENOENT;

	for (unsigned i = 0; i < nfolders && fd < 0; i++) {
		snprintf(
			path, size, "%s/%s", folders[i], name + (*name == '/'));
		fd = open_file(path);
		if (fd >= 0)
			break;
		snprintf(path, size, "%s/%s", folders[i],
			base ? base + 1 : name);
		fd = open_file(path);
	}
	return fd;
}

int policy_open(const char *where, const char *name, char *path, size_t size)
{
	const char *slash = strrchr(where, '/');
	int fd;

	if (strchr(name, '/') && !is_policy(name))
		return -EPERM;
	if (*name == '/') {
		fd = open_below(name, path, size);
		if (fd >= 0)
			return fd;
		snprintf(path, size, "%s", name);
		return open_file(path);
	}
	snprintf(path, size, "%.*s/%s", slash ? (int)(slash - where) : 1,
		slash ? where : ".", name);
	fd = open_file(path);
	return fd == -ENOENT ? open_below(name, path, size) : fd;
}

static char *read_all(int fd, size_t *size)
{
	char *text = malloc(MAX_SIZE);
	ssize_t n = text ? read(fd, text, MAX_SIZE) : -1;

	close(fd);
	if (n >= 0) {
		*size = (size_t)n;
		return text;
	}
	free(text);
	return NULL;
}

char *policy_find(struct policy *r, const char *name, char path[POLICY_PATH],
	size_t *size)
{
	int fd = policy_open(r->where, name, path, POLICY_PATH);
	char *text = NULL;

	if (fd >= 0)
		text = read_all(fd, size);
	if (text)
		return text;
	if (fd == -EPERM)
		policy_fail(r,
			"%s: outside of this folder, what is included is "
			"named *.policy",
			name);
	else if (fd == -ENOENT)
		policy_fail(r,
			"%s: no such file; -I DIR says where those of another "
			"system are",
			name);
	else
		policy_fail(r, "%s: no regular file of at most 1 MiB", name);
	return NULL;
}

/* The name behind @include. 0, or -1 and the error. */
static int read_name(struct policy *r, char *name, size_t size)
{
	size_t n = 0;

	policy_take(r, "./");
	policy_peek(r);
	while (n < size && r->at + n < r->end &&
		!strchr(" \t\r\n#", r->at[n]) && r->at[n])
		n++;
	if (!n || n == size)
		return policy_fail(r, "expected the path of a policy");
	memcpy(name, r->at, n);
	name[n] = '\0';
	if (name[0] == '.' && name[1] != '.')
		return policy_fail(r, "%s: hidden files are no policies", name);
	return 0;
}

int policy_include(struct policy *r)
{
	char name[256], path[POLICY_PATH], *text;
	struct policy in = *r;
	size_t n = 0;
	int ret;

	if (read_name(r, name, sizeof(name)))
		return -1;
	if (!r->files)
		return policy_fail(r, "@include needs a file");
	if (r->level == MAX_DEPTH)
		return policy_fail(
			r, "@include is nested deeper than %d", MAX_DEPTH);
	if (++*r->included > MAX_FILES)
		return policy_fail(r, "more than %d files", MAX_FILES);
	text = policy_find(r, name, path, &n);
	if (!text)
		return -1;
	r->at += strlen(name);
	in.file = profile_add_file(r->p, path);
	if (!in.file) {
		free(text);
		return policy_fail(r, "out of memory");
	}
	in.where = path;
	in.level++;
	in.at = in.line_at = text;
	in.end = text + n;
	in.line = 1;
	ret = policy_lines(&in);
	r->deny = in.deny;
	free(text);
	return ret;
}
