/* SPDX-License-Identifier: MIT */
/*
 * known.h: failures that are known: a text file with a line for each, CELL
 * OUTCOME ADDRESS. CELL is a glob without blanks; OUTCOME, a glob too, is what
 * a report says of the cell ("dies: brk", "fails: *"); ADDRESS, from the first
 * word with "://" in it on, is where it is known from. "#" begins a line that
 * says nothing.
 */
#ifndef SUITE_KNOWN_H
#define SUITE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "suite/line.h"

struct known_line {
	char *cell, *outcome, *address;
	size_t plain; /* bytes of CELL before anything that a glob may mean */
	size_t failed, passed, other; /* cells that were met */
};

struct known {
	struct known_line *v;
	size_t n;
};

/* Reads PATH. 0 or a negative errno, said on stderr; -EINVAL: a line is wrong,
 * said with its place. */
int known_read(struct known *k, const char *path);

/* From now on known_of_run() reads PATH, whatever run it is. */
void known_use(const char *path);

/* Those of the run in DIR, which keeps them as DIR/known; none: K is empty. As
 * known_read. */
int known_of_run(struct known *k, const char *dir);

/* The same lines into the run in DIR. 0 or a negative errno, said. */
int known_keep(const struct known *k, const char *dir);

/*
 * Is the failure in L known? Then its verdict is "known", and l->known its
 * address. Whatever it is, it counts for the lines that name its cell.
 */
void known_judge(struct known *k, struct line *l);

/* Of all the cells that it names, which were run, none fails so, and none
 * otherwise: it can be struck out. */
bool known_is_over(const struct known_line *v);

/* ... and L is one of them: its line, or NULL. */
const struct known_line *known_passes(
	const struct known *k, const struct line *l);

void known_free(struct known *k);

#endif
