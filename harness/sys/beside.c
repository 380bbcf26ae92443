/* SPDX-License-Identifier: MIT */
/* beside.c: what was built, or installed, in the folder of this program. */
#include "sys/beside.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int beside_path(char *path, size_t size, const char *name)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n < 0)
		return -errno;
	exe[n] = '\0';
	n = snprintf(path, size, "%s%s%s", dirname(exe), name ? "/" : "",
		name ? name : "");
	return n < 0 || (size_t)n >= size ? -ENAMETOOLONG : 0;
}

const char *beside_why(int err)
{
	return err == -ENOENT ? "there is no /proc: mount -t proc proc /proc"
			      : strerror(-err);
}
