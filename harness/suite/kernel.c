/* SPDX-License-Identifier: MIT */
/* kernel.c: the kernels there are. */
#include "suite/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/failure.h"
#include "sys/text.h"

static const struct kernel *const kernels[] = { &kernel_host, &kernel_uml,
	&kernel_qemu, &kernel_debian, &kernel_kcov, &kernel_gvisor };

const struct kernel *kernel_at(size_t i)
{
	return i < sizeof(kernels) / sizeof(*kernels) ? kernels[i] : NULL;
}

const struct kernel *kernel_find(const char *name)
{
	char known[1024];
	struct text t = text_in(known, sizeof(known));
	const struct kernel *k;

	for (size_t i = 0; (k = kernel_at(i)); i++) {
		size_t n = strlen(k->name);

		if (strncmp(k->name, name, n) != 0)
			continue;
		if (!name[n])
			return k;
		if (!k->choose || name[n] != ':' || !name[n + 1])
			continue;
		k->choose(name + n + 1);
		return k;
	}
	for (size_t i = 0; (k = kernel_at(i)); i++)
		text_put(&t, "%s %s", i ? "," : "", k->name);
	failure_say("%s: no such kernel here; known:%s", name, known);
	return NULL;
}

void kernel_cached(const char *name, char *file, size_t size)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && cache[0])
		snprintf(file, size, "%s/quartet/kernels/%s", cache, name);
	else
		snprintf(file, size, "%s/.cache/quartet/kernels/%s",
			home ? home : "", name);
}

static char release_text[80];

const char *kernel_release(const struct kernel *k)
{
	return k == &kernel_host || !release_text[0] ? NULL : release_text;
}

void kernel_set_release(const char *release)
{
	snprintf(release_text, sizeof(release_text), "%s", release);
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

pid_t kernel_fork(int (*body)(const struct kernel_start *st, int out),
	const struct kernel_start *st, int *records)
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
		_exit(body(st, fds[1]));
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return err;
	}
	*records = fds[0];
	return pid;
}
