/* SPDX-License-Identifier: MIT */
/* output.c: a file that is written whole or not at all. */
#include "sys/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int output_open(struct output *o, const char *path, FILE *otherwise)
{
	*o = (struct output){ .f = otherwise, .path = path };
	if (path)
		o->f = open_memstream(&o->bytes, &o->n);
	return o->f ? 0 : -errno;
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t k = write(fd, bytes, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -errno;
		bytes += k;
		n -= (size_t)k;
	}
	return 0;
}

/* As it is: a device, a pipe. */
static int write_into(const char *path, const char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -errno;
	ret = write_all(fd, bytes, n);
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

static mode_t new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

static int replace(const char *path, mode_t mode, const char *bytes, size_t n)
{
	char part[PATH_MAX];
	int fd, ret;

	if (snprintf(part, sizeof(part), "%s.XXXXXX", path) >=
		(int)sizeof(part))
		return -ENAMETOOLONG;
	fd = mkostemp(part, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = write_all(fd, bytes, n);
	if (!ret && fchmod(fd, mode))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (!ret && rename(part, path))
		ret = -errno;
	if (ret)
		unlink(part);
	return ret;
}

/* What is open already keeps its file: /dev/stdout, /dev/fd/3. Below /dev/shm
 * are files like any others. */
static bool is_name(const char *path, const struct stat *st)
{
	return S_ISREG(st->st_mode) && strncmp(path, "/dev/std", 8) != 0 &&
	       strncmp(path, "/dev/fd/", 8) != 0 &&
	       strncmp(path, "/proc/", 6) != 0;
}

/* A link stays, and what it leads to is replaced. */
static int lay_down(const char *path, const char *bytes, size_t n)
{
	struct stat st;
	char *real;
	int ret;

	if (stat(path, &st))
		return errno == ENOENT ? replace(path, new_mode(), bytes, n)
				       : -errno;
	if (!is_name(path, &st))
		return write_into(path, bytes, n);
	if (access(path, W_OK))
		return -errno;
	real = realpath(path, NULL);
	if (!real)
		return -errno;
	ret = replace(real, st.st_mode & 07777, bytes, n);
	free(real);
	return ret;
}

int output_close(struct output *o)
{
	int ret = 0;

	if (!o->path)
		return fflush(o->f) || ferror(o->f) ? -(errno ? errno : EIO)
						    : 0;
	if (fclose(o->f))
		ret = -errno;
	if (!ret)
		ret = lay_down(o->path, o->bytes, o->n);
	free(o->bytes);
	o->bytes = NULL;
	return ret;
}
