/* SPDX-License-Identifier: MIT */
/*
 * maps.h: what a process has mapped, by /proc/TID/maps (proc_pid_maps(5)).
 *
 * Paths are strangers': a file may be called what it likes. The kernel writes a
 * newline in one as \012, and " (deleted)" behind one that is no more; a file
 * may be called so, too. Which file is mapped the device and the inode tell,
 * and the file itself is to be had by maps_file, whatever its path is.
 */
#ifndef SYS_MAPS_H
#define SYS_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* Of a longer path the beginning is kept. */
#define MAPS_PATH 4096

struct map {
	uint64_t start, end; /* END is the first address behind it */
	char perms[5];	     /* "rwxp", "---s" */
	uint64_t offset;     /* in the file, in bytes */
	dev_t dev;
	ino_t inode; /* 0: no file */
	/* "/usr/lib/x.so", "[stack]", "[anon:name]"; "": anonymous */
	char path[MAPS_PATH];
};

/* LINE, as the kernel writes it, with or without its newline. False: it is
 * none, and MAP holds nothing. Pure. */
bool maps_parse(const char *line, struct map *map);

/* The mappings of a thread's process one by one, by their addresses. */
struct maps {
	FILE *f;
	char *line;
	size_t size;
};

/* By thread: a leader that ended before the others has no memory to show. 0, or
 * a negative errno, after which there is nothing to close. */
int maps_open(struct maps *m, pid_t tid);

/* 1: MAP is the next one; 0: there is none left; a negative errno. */
int maps_next(struct maps *m, struct map *map);

void maps_close(struct maps *m);

/* The mapping that holds ADDR. 1; 0: none does; a negative errno. */
int maps_find(pid_t tid, uint64_t addr, struct map *map);

/* The mapping with just this path, "[vdso]". 1; 0: none has; a negative errno.
 */
int maps_find_path(pid_t tid, const char *path, struct map *map);

/*
 * The name of the link to the file that is mapped: /proc/TID/map_files/... It
 * leads to that very file, deleted, replaced or out of reach by its path. To
 * follow it takes CAP_CHECKPOINT_RESTORE or CAP_SYS_ADMIN
 * (proc_pid_map_files(5)). SIZE: MAPS_FILE is enough.
 */
#define MAPS_FILE 80
void maps_file(pid_t tid, const struct map *map, char *path, size_t size);

#endif
