/* SPDX-License-Identifier: MIT */
/* tree.c: folders with all that is in them. */
#include "sys/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void tree_remove(int at, const char *name)
{
	int fd;
	DIR *d;
	struct dirent *e;

	if (!unlinkat(at, name, 0))
		return;
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	d = fd < 0 ? NULL : fdopendir(fd);
	while (d && (e = readdir(d)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			tree_remove(fd, e->d_name);
	if (d)
		closedir(d);
	unlinkat(at, name, AT_REMOVEDIR);
}
