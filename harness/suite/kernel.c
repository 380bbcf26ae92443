/* SPDX-License-Identifier: MIT */
/* kernel.c: the kernels there are: the host. */
#include "suite/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "suite/worker.h"

/* A fork of the runner, which writes to a pipe. */
static pid_t start_here(const struct suite *s, struct worker_share *share,
	int no, const char *base, int *records)
{
	int fds[2], err;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	fcntl(fds[1], F_SETPIPE_SZ, 1 << 18);
	fflush(NULL);
	pid = fork();
	err = -errno;
	if (pid == 0) {
		close(fds[0]);
		_exit(worker_main(s, share, no, base, fds[1]));
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return err;
	}
	*records = fds[0];
	return pid;
}

const struct kernel kernel_host = {
	.name = "host",
	.about = "the kernel that this runs on",
	.start = start_here,
};

static const struct kernel *const kernels[] = { &kernel_host };

const struct kernel *kernel_at(size_t i)
{
	return i < sizeof(kernels) / sizeof(*kernels) ? kernels[i] : NULL;
}

const struct kernel *kernel_find(const char *name)
{
	const struct kernel *k;

	for (size_t i = 0; (k = kernel_at(i)); i++)
		if (!strcmp(k->name, name))
			return k;
	fprintf(stderr, "quartet: %s: no such kernel here; known:", name);
	for (size_t i = 0; (k = kernel_at(i)); i++)
		fprintf(stderr, "%s %s", i ? "," : "", k->name);
	fputc('\n', stderr);
	return NULL;
}

/* A + may stand in a profile's name too. */
const char *kernel_named(const char *pattern)
{
	const char *p = strchr(pattern, '@');

	p = p ? strchr(p, '/') : NULL;
	p = p ? strchr(p, '+') : NULL;
	return p ? p + 1 : NULL;
}

void kernel_cell_name(
	const struct kernel *k, const char *base, char *name, size_t size)
{
	snprintf(name, size, "%s%s%s", base, k == &kernel_host ? "" : "+",
		k == &kernel_host ? "" : k->name);
}

bool kernel_matches(
	const struct kernel *k, const char *base, const char *pattern)
{
	char name[256];

	if (!kernel_named(pattern))
		return !fnmatch(pattern, base, 0);
	snprintf(name, sizeof(name), "%s+%s", base, k->name);
	return !fnmatch(pattern, name, 0);
}
