/* SPDX-License-Identifier: MIT */
/* path.c: programs that a name finds. */
#include "sys/path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool path_has(const char *program)
{
	char path[4096], *save, file[PATH_MAX + 4096];
	const char *all = getenv("PATH");

	snprintf(path, sizeof(path), "%s", all ? all : "/usr/bin:/bin");
	for (char *dir = strtok_r(path, ":", &save); dir;
		dir = strtok_r(NULL, ":", &save)) {
		snprintf(file, sizeof(file), "%s/%s", dir, program);
		if (!access(file, X_OK))
			return true;
	}
	return false;
}
