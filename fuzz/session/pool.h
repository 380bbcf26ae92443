/* SPDX-License-Identifier: MIT */
/* pool.h: the programs that others are made of, and where more come from. */
#ifndef SESSION_POOL_H
#define SESSION_POOL_H

#include <stdbool.h>

#include "program/mutate.h"
#include "program/program.h"
#include "sys/failure.h"

struct pool {
	struct program *programs;
	int n, room;
	int old;	/* so many were there when it was opened */
	int next;	/* the first that nobody was given as it is */
	char dir[4096]; /* where pool_keep() writes, in the binary form */
	int kept;
	struct dice dice;
};

/* DIR, which is there, is the pool's own; what lies in it, and in SEEDS, is
 * taken. 0, or -1 and F tells. */
int pool_open(
	struct pool *l, const char *dir, const char *seeds, struct failure *f);

/* Takes what came to DIR since SINCE (seconds since 1970; 0: all), but what is
 * no program or cannot be read. How many. */
int pool_take(struct pool *l, const char *dir, long since);

enum pool_from {
	POOL_OLD,   /* it was there */
	POOL_TAKEN, /* it came by pool_take() */
	POOL_MADE,  /* of some that there are */
};

/* One that nobody was given, or else a new one. The pool is not empty. */
enum pool_from pool_give(struct pool *l, struct program *p);

/* P, which was given last, is worth more than others: it is written down, as
 * id:NUMBER, from where afl-fuzz -F and others take it. 0, or -1 and F tells.
 */
int pool_keep(struct pool *l, const struct program *p, enum pool_from from,
	struct failure *f);

void pool_close(struct pool *l);

#endif
