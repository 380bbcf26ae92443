/* SPDX-License-Identifier: MIT */
/* systemd_dropins.c: the files that change a unit. */
#include "profile/systemd_dropins.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "profile/rules.h"

#define MOST 256

static bool ends(const char *name, const char *with)
{
	const size_t n = strlen(name), m = strlen(with);

	return n > m && !strcmp(name + n - m, with);
}

bool systemd_is_dropins(const char *path)
{
	struct stat st;

	return ends(path, ".d") && !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int is_dropin(const struct dirent *d)
{
	return d->d_name[0] != '.' && ends(d->d_name, ".conf");
}

/* Not by the language of the user. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int systemd_dropins(const char *unit,
	int (*take)(void *to, const char *path, const char *text, size_t size,
		const char *why),
	void *to)
{
	char folder[512], path[sizeof(folder) + 257], *text;
	const char *why = NULL;
	struct dirent **names;
	size_t size = 0;
	int n, ret = 0;

	snprintf(folder, sizeof(folder), "%s%s", unit,
		ends(unit, ".d") ? "" : ".d");
	n = scandir(folder, &names, is_dropin, by_name);
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		free(names[i]);
		if (ret)
			continue;
		text = i < MOST ? profile_read_file(path, &size, &why) : NULL;
		ret = take(to, path, text, size,
			i < MOST ? why : "more than 256 drop-ins");
		free(text);
	}
	if (n >= 0)
		free(names);
	return ret;
}
