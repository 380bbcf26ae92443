/* SPDX-License-Identifier: MIT */
/* worker.h: the process that runs cells, one after the other. */
#ifndef SUITE_WORKER_H
#define SUITE_WORKER_H

#include "suite/box.h"
#include "suite/suite.h"
#include "stack/stack.h"

/* In front of each record that a worker sends. */
struct worker_head {
	uint32_t cell; /* index */
	uint32_t verdict;
	uint32_t size; /* of the line behind it, with its newline */
};

#define WORKERS_MAX 64
#define WORKER_LOST 200 /* bytes of a reason */

/* Memory that the runner and its workers share. */
struct worker_share {
	uint32_t next; /* the next cell that nobody took */
	uint32_t up;   /* a kernel that was booted for them came up */
	uint32_t told; /* somebody said why there is no place for cells */
	uint32_t at[WORKERS_MAX];   /* the cell that each is at, + 1; 0: none */
	uint32_t slow[WORKERS_MAX]; /* what its deadlines are multiplied with */
	char lost[WORKERS_MAX][WORKER_LOST]; /* why it was; "": the signal
						tells */
	char done[];			     /* one for each cell */
};

/* What it takes to run cells. */
struct workplace {
	struct box box;
	struct stack_cache *stacks;
	struct evidence ev;
};

/*
 * Makes this process one that runs cells, with its box below BASE. 0 or a
 * negative errno.
 */
int worker_open(struct workplace *w, const char *base);
void worker_close(struct workplace *w);

/* Runs C, or says why it is not run. The line of its record, without newline,
 * to be freed; NULL: it was cut short. Where w->ev.unkillable, W must run no
 * other. */
char *worker_line(struct workplace *w, const struct suite *s,
	const struct cell *c, enum verdict *verdict);

/* How many times slower than usual this machine runs the control of F, at least
 * 1: measured once. */
unsigned worker_slowness(const struct suite *s, const struct flavour *f,
	struct box *box, struct stack_cache *stacks);

/* The next cells of SHARE that nobody took, *FROM to before *TO: of one
 * program, for the cache of stacks. False: there are none. */
bool worker_take(const struct suite *s, struct worker_share *share,
	uint32_t *from, uint32_t *to);

/* Sends what a worker says of a cell: a head and LINE with its newline, of SIZE
 * bytes. 0 or a negative errno. */
int worker_send(int out, uint32_t cell, enum verdict verdict, const char *line,
	size_t size);

/*
 * Takes cells from SHARE until there are none and writes a head and a line for
 * each to OUT. NO is its number among the workers, BASE the directory for the
 * boxes. Returns an exit status.
 */
int worker_main(const struct suite *s, struct worker_share *share, int no,
	const char *base, int out);

/*
 * Runs one cell in BOX and judges it. EV, SEEN, ROW and WANT (200 bytes) get
 * what was seen and what was declared. The caller called trace_init().
 */
enum verdict worker_run(const struct suite *s, const struct cell *c,
	struct box *box, struct stack_cache *stacks, struct evidence *ev,
	struct judged *seen, const struct expect **row, char *want);

#endif
