/* SPDX-License-Identifier: MIT */
/*
 * record.h: run records. DIR/runs/ID/run.json says what was run on what;
 * DIR/runs/ID/cells.jsonl has one line a cell, written as it ends; DIR/latest
 * links to the newest run. A line that is not ended by a newline was cut by a
 * kill or a full disk: readers leave it out, and resuming removes it.
 */
#ifndef SUITE_RECORD_H
#define SUITE_RECORD_H

#include <jansson.h>

#include "suite/evidence.h"
#include "suite/judge.h"
#include "suite/known.h"
#include "suite/line.h"
#include "suite/suite.h"

#define RECORD_VERSION 1

/* The line of one cell, without newline; freed by the caller. */
char *record_cell(const struct cell *c, const struct evidence *ev,
	const struct judged *seen, enum verdict verdict,
	const struct expect *row, const char *want);

/* The line of a cell that was not run, or lost: SKIP or BROKEN and why. */
char *record_reason(
	const struct cell *c, enum verdict verdict, const char *why);

struct record {
	int fd;	       /* cells.jsonl */
	char dir[300]; /* of the run */
};

/* Starts a run under DIR, which is made when missing. 0 or a negative errno,
 * said on stderr. */
int record_open(struct record *r, const char *dir, const struct suite *s,
	int argc, char **argv);

/* Fills r->dir with the newest run under DIR: -ENOENT when there is none, or
 * another negative errno, said. */
int record_newest(struct record *r, const char *dir);

/* Goes on with the run in r->dir: a cut last line is removed. 0 or a negative
 * errno, said. */
int record_go_on(struct record *r);

/* Adds a line. On a short write the file is cut back to whole lines. */
int record_add(struct record *r, const char *line, size_t size);

void record_close(struct record *r);

/*
 * Reads DIR/cells.jsonl and calls FN with each cell's line, in file order, as
 * known_judge has it with K, which may be NULL; stops when FN returns other
 * than 0 and returns that. -errno when it cannot be read, -EINVAL for a line
 * that is no record, said on stderr with its place. A line of a baseline
 * (scripts/baseline) is as many cells as it names.
 */
int record_each(const char *dir, struct known *k,
	int (*fn)(const struct line *l, void *arg), void *arg);

/* The same with the whole of each, as JSON, at a tenth of the speed. FN may
 * change what it is given. */
int record_each_whole(
	const char *dir, int (*fn)(json_t *cell, void *arg), void *arg);

/* The run's cells by their verdict, of its own known failures; those that were
 * planned and have no record are missing. 0, or what record_each says. */
int record_totals(const char *dir, size_t verdicts[VERDICT_MISSING + 1]);

/*
 * Which cells of S the run in DIR has a record of: *DONE, to be freed, is true
 * at their index; of cells of one name, so many as there are records. 0,
 * -ENOMEM, or what record_each says.
 */
int record_find_done(const char *dir, const struct suite *s, char **done);

#endif
