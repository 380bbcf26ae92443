/* SPDX-License-Identifier: MIT */
/* maps.c: what a process has mapped. */
#include "sys/maps.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

static bool is_perms(const char *perms)
{
	return strlen(perms) == 4 && strchr("r-", perms[0]) &&
	       strchr("w-", perms[1]) && strchr("x-", perms[2]) &&
	       strchr("ps", perms[3]);
}

bool maps_parse(const char *line, struct map *map)
{
	unsigned major, minor;
	uint64_t inode;
	size_t length;
	int at = 0;

	if (sscanf(line,
		    "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64
		    "%n",
		    &map->start, &map->end, map->perms, &map->offset, &major,
		    &minor, &inode, &at) != 7 ||
		map->start >= map->end || !is_perms(map->perms) ||
		(line[at] && !strchr(" \n", line[at])))
		return false;
	map->dev = makedev(major, minor);
	map->inode = inode;
	line += at + strspn(line + at, " ");
	length = strcspn(line, "\n");
	if (length > sizeof(map->path) - 1)
		length = sizeof(map->path) - 1;
	memcpy(map->path, line, length);
	map->path[length] = '\0';
	return true;
}

int maps_open(struct maps *m, pid_t tid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/maps", tid);
	*m = (struct maps){ .f = fopen(path, "re") };
	return m->f ? 0 : -errno;
}

int maps_next(struct maps *m, struct map *map)
{
	while (getline(&m->line, &m->size, m->f) > 0)
		if (maps_parse(m->line, map))
			return 1;
	return feof(m->f) ? 0 : -errno;
}

void maps_close(struct maps *m)
{
	fclose(m->f);
	free(m->line);
}

/* The one with PATH, or, without, the one that holds ADDR. */
static int find(pid_t tid, uint64_t addr, const char *path, struct map *map)
{
	struct maps m;
	int ret = maps_open(&m, tid);

	if (ret)
		return ret;
	do
		ret = maps_next(&m, map);
	while (ret > 0 && (path ? strcmp(map->path, path) != 0
				: addr < map->start || addr >= map->end));
	maps_close(&m);
	return ret;
}

int maps_find(pid_t tid, uint64_t addr, struct map *map)
{
	return find(tid, addr, NULL, map);
}

int maps_find_path(pid_t tid, const char *path, struct map *map)
{
	return find(tid, 0, path, map);
}

void maps_file(pid_t tid, const struct map *map, char *path, size_t size)
{
	/* Without the zeros that the maps have before low addresses. */
	snprintf(path, size, "/proc/%d/map_files/%" PRIx64 "-%" PRIx64, tid,
		map->start, map->end);
}
