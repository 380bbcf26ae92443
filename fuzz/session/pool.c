/* SPDX-License-Identifier: MIT */
/* pool.c: the programs that others are made of. */
#include "session/pool.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "session/program_file.h"

#define PROGRAMS 100000 /* more is no corpus */

static void add(struct pool *l, const struct program *p)
{
	if (l->n == l->room) {
		int room = l->room ? 2 * l->room : 256;
		struct program *more =
			reallocarray(l->programs, (size_t)room, sizeof(*more));

		if (!more || room > 2 * PROGRAMS) {
			free(more ? NULL : more);
			return;
		}
		l->programs = more;
		l->room = room;
	}
	l->programs[l->n++] = *p;
}

static int is_program(const struct dirent *e)
{
	return e->d_name[0] != '.' && strcmp(e->d_name, "README.txt") != 0;
}

int pool_take(struct pool *l, const char *dir, long since)
{
	char path[PATH_MAX];
	struct failure ignored;
	struct dirent **v;
	struct program p;
	struct stat st;
	int n = scandir(dir, &v, is_program, alphasort), taken = 0;

	for (int i = 0; i < n; i++) {
		bool fits = snprintf(path, sizeof(path), "%s/%s", dir,
				    v[i]->d_name) < (int)sizeof(path);

		if (fits && !stat(path, &st) && S_ISREG(st.st_mode) &&
			st.st_mtime >= since && l->n < PROGRAMS &&
			!program_file_load(path, &p, &ignored)) {
			add(l, &p);
			taken++;
		}
		free(v[i]);
	}
	if (n >= 0)
		free(v);
	return taken;
}

int pool_open(
	struct pool *l, const char *dir, const char *seeds, struct failure *f)
{
	struct timespec now;

	if (snprintf(l->dir, sizeof(l->dir), "%s", dir) >= (int)sizeof(l->dir))
		return failure_set(f, FAILURE_USAGE, "%s: too long", dir);
	clock_gettime(CLOCK_REALTIME, &now);
	l->dice.state =
		((uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec) | 1;
	l->kept = pool_take(l, dir, 0);
	pool_take(l, seeds, 0);
	l->old = l->n;
	return l->n ? 0
		    : failure_set(f, FAILURE_SYSTEM,
			      "%s: no programs to begin with", seeds);
}

int pool_keep(struct pool *l, const struct program *p, enum pool_from from,
	struct failure *f)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	char path[PATH_MAX + 32], part[PATH_MAX + 32];
	size_t size = program_encode(p, data);
	FILE *to;
	bool bad;

	if (from == POOL_OLD)
		return 0;
	if (from == POOL_MADE) {
		add(l, p);
		l->next = l->n;
	}
	snprintf(part, sizeof(part), "%s/.part", l->dir);
	snprintf(path, sizeof(path), "%s/id:%06d", l->dir, l->kept++);
	to = fopen(part, "we");
	bad = !to || fwrite(data, 1, size, to) != size;
	bad |= to && fclose(to);
	if (!bad && !rename(part, path))
		return 0;
	return failure_set(f, FAILURE_SYSTEM, "%s: %s", path, strerror(errno));
}

enum pool_from pool_give(struct pool *l, struct program *p)
{
	const struct program *other;
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size;

	if (l->next < l->n) {
		*p = l->programs[l->next];
		return l->next++ < l->old ? POOL_OLD : POOL_TAKEN;
	}
	/* What came last was new, and has seen least. */
	*p = l->programs[dice_below(&l->dice, 2) && l->n > 8
				 ? l->n - 1 -
					   (int)dice_below(
						   &l->dice, (uint32_t)l->n / 4)
				 : (int)dice_below(&l->dice, (uint32_t)l->n)];
	other = &l->programs[dice_below(&l->dice, (uint32_t)l->n)];
	mutate(p, other, &l->dice);
	/* As all others will have it who take it from a file. */
	size = program_encode(p, data);
	program_decode(p, data, size);
	return POOL_MADE;
}

void pool_close(struct pool *l)
{
	free(l->programs);
	l->programs = NULL;
	l->n = l->room = 0;
}
