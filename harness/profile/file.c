/* SPDX-License-Identifier: MIT */
/* file.c: the bytes of a profile: from a file, a pipe, standard input. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profile/rules.h"

#define MAX_SIZE (4 << 20) /* Docker's own is 20 KB */

bool profile_error_is_system(int err)
{
	/* The last is libseccomp's for what it could not write. */
	return err == EMFILE || err == ENFILE || err == ENOMEM || err == EIO ||
	       err == EAGAIN || err == ENOSPC || err == ECANCELED;
}

/* The last that cannot be read again. */
static struct {
	char path[512];
	char *text;
	size_t size;
} kept;

static char *copy(const char *text, size_t size)
{
	char *to = malloc(size + 1);

	if (to)
		memcpy(to, text, size);
	return to;
}

static void keep(const char *path, const char *text, size_t size)
{
	free(kept.text);
	kept.text = copy(text, size);
	kept.size = size;
	snprintf(kept.path, sizeof(kept.path), "%s", path);
}

/* A pipe is opened without waiting for who writes to it: if there is nobody,
 * it is at its end. */
static int open_file(const char *path, struct stat *st, const char **why)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC |
							O_NONBLOCK | O_NOCTTY)
				   : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);

	if (fd < 0 || fstat(fd, st)) {
		*why = strerror(errno);
	} else if (S_ISDIR(st->st_mode)) {
		*why = "is a folder: a profile is a file";
	} else {
		if (strcmp(path, "-"))
			fcntl(fd, F_SETFL, 0);
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

/* How much there was, or -1 and WHY. */
static ssize_t read_all(int fd, char *text, const char **why)
{
	size_t n = 0;
	ssize_t got = 0;

	while (n <= MAX_SIZE) {
		got = read(fd, text + n, MAX_SIZE + 1 - n);
		if (got == 0)
			return (ssize_t)n;
		if (got < 0 && errno != EINTR)
			break;
		n += got < 0 ? 0 : (size_t)got;
	}
	*why = got < 0 ? strerror(errno) : "more than 4 MiB: no profile";
	return -1;
}

char *profile_read_file(const char *path, size_t *size, const char **why)
{
	struct stat st;
	char *text;
	ssize_t n;
	int fd;

	*why = NULL;
	if (kept.text && !strcmp(kept.path, path)) {
		*size = kept.size;
		text = copy(kept.text, kept.size);
		*why = text ? NULL : strerror(ENOMEM);
		return text;
	}
	fd = open_file(path, &st, why);
	if (fd < 0)
		return NULL;
	text = malloc(MAX_SIZE + 1);
	n = text ? read_all(fd, text, why) : -1;
	close(fd);
	if (!text)
		*why = strerror(ENOMEM);
	if (n == 0 && S_ISFIFO(st.st_mode)) {
		*why = "is a pipe that nobody writes to";
		n = -1;
	}
	if (n < 0) {
		free(text);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || !strcmp(path, "-"))
		keep(path, text, (size_t)n);
	*size = (size_t)n;
	return text;
}
