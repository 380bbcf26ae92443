/* SPDX-License-Identifier: MIT */
/* sorts.h: the rows that reach.c counts in, one for each sort of entry. Pure.
 */
#ifndef SURFACE_SORTS_H
#define SURFACE_SORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reached {
	char name[64];	 /* "read", "futex FUTEX_WAIT private" */
	bool call;	 /* else it needs none */
	unsigned long n; /* how often it was begun; 0: that is not told */
	size_t functions;
	unsigned char *has; /* one a symbol */
	uint64_t *blocks;   /* where the kernel tells them; else NULL */
	size_t nblocks;
};

/* Names a futex operation in words. */
typedef void reach_name_op(uint64_t op, char *name, size_t size);

struct sorts {
	size_t nsymbols;
	reach_name_op *name_op;
	struct reached *list;
	uint64_t *keys; /* of `list` */
	size_t n;
	bool failed; /* there was no memory */
};

/* The row of a call, of a futex operation where it is one. Like the next two an
 * index, or -1 once there was no memory. */
int sorts_call(struct sorts *r, uint64_t nr, bool is_32, uint64_t op);

/* That of mark M, and of what has none. */
int sorts_mark(struct sorts *r, unsigned m);
enum sorts_other { SORTS_REFUSED, SORTS_UNKNOWN };
int sorts_other(struct sorts *r, enum sorts_other which);

void sorts_count(struct sorts *r, int row, int symbol);

/* A block, by what KCOV tells of it: where its call of the tracer returns to.
 * Once all were told, sorts_settle() puts each row's in order, each once. */
void sorts_block(struct sorts *r, int row, uint64_t block);
void sorts_settle(struct sorts *r);
void sorts_free(struct sorts *r);

#endif
