/* SPDX-License-Identifier: MIT */
/*
 * box.h: the place where a worker runs its cells, one after the other: a
 * directory of its own with an `outside` to watch, the page shared with the
 * probe, a file for its output. Made once, cleaned between cells.
 */
#ifndef SUITE_BOX_H
#define SUITE_BOX_H

#include <dirent.h>
#include <sys/types.h>

#include "probe/cell.h"
#include "suite/evidence.h"

struct box {
	char dir[128]; /* holds cell/ and cell/outside/canary */
	DIR *cell;
	DIR *outside;
	int canary; /* descriptors */
	int page_fd;
	int out;
	int in;
	int null;
	int go[2]; /* a byte lets the child go on to exec */
	struct cell_page *page;
};

/* Under BASE, which exists. 0 or a negative errno. */
int box_open(struct box *b, const char *base);
/* Removes the directory too. */
void box_close(struct box *b);

/* Ready for the next cell: empty page, output and directories. */
int box_reset(struct box *b, const char *stdin_text);

/* Fills EV->effect with what differs outside. */
void box_effects(struct box *b, struct evidence *ev);

/* In the child, after fork: descriptors 0 to 3, the directory. */
int box_enter(const struct box *b, bool no_stdin);

#endif
