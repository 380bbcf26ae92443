/* SPDX-License-Identifier: MIT */
/* state.c: where the records of an installed quartet are. */
#include "cmd/state.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/beside.h"

/* With all that it lies in. What cannot be made is told by whoever writes. */
static void make_folder(char *path)
{
	for (char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
}

const char *state_path(const char *in_tree, const char *name)
{
	static char path[PATH_MAX];
	const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char mark[PATH_MAX];
	int n;

	if (beside_path(mark, sizeof(mark), "installed") || access(mark, F_OK))
		return in_tree;
	/* "All paths must be absolute. If [one] is relative, ignore it." */
	if (base && base[0] == '/')
		n = snprintf(path, sizeof(path), "%s/quartet%s%s", base,
			name[0] ? "/" : "", name);
	else if (home && home[0] == '/')
		n = snprintf(path, sizeof(path), "%s/.local/state/quartet%s%s",
			home, name[0] ? "/" : "", name);
	else
		return in_tree;
	if (n >= (int)sizeof(path))
		return in_tree;
	make_folder(path);
	return path;
}
