/* SPDX-License-Identifier: MIT */
/* pair.h: the same programs on two kernels. */
#ifndef SESSION_PAIR_H
#define SESSION_PAIR_H

#include "oracle/differ.h"
#include "session/pool.h"
#include "session/session.h"
#include "session/side.h"

#define PAIR_KINDS 512 /* of differences that are told apart */

struct pair_kind {
	uint32_t hash;
	int looked, proven;
};

struct pair {
	struct fuzz_run *r;
	const volatile sig_atomic_t *stop;
	struct side side[2];
	char label[2][64]; /* for people: two names that differ */
	struct filter bpf;
	struct pool pool;
	unsigned unequal;    /* a bit for each of differ_features */
	struct runs runs[2]; /* of the program that was run last */
	/* As it goes: programs. */
	uint64_t tried, apart, undecided, by_feature[8], broke[2];
	struct pair_kind kinds[PAIR_KINDS];
	int nkinds;
	uint64_t more; /* of a kind that was looked into before */
	time_t took;   /* from foreign queues last */
};

/*
 * Runs programs on r->kernels until the time is over, *STOP, or with r->first a
 * difference; r was prepared. A difference that is proven and that no promise
 * leaves open is laid down in r->out/findings. Tells how it goes on SAY. 0, or
 * -1 and F tells.
 */
int pair_run(struct pair *pr, FILE *say, struct failure *f);

/* A screenful of how it went. */
void pair_print(const struct pair *pr, FILE *to);

/* What its parts share. */

enum pair_asked {
	PAIR_RAN,
	PAIR_DIED, /* one of the kernels did, which was laid down */
	PAIR_STOPPED,
	PAIR_FAILED, /* F tells */
};

/* P on both, so often each: pr->runs. */
enum pair_asked pair_ask(struct pair *pr, const struct program *p, int times,
	bool fresh, struct failure *f);

/* What P may have shown is looked into, by runs that are new: laid down, or
 * counted. */
enum pair_asked pair_look(struct pair *pr, const struct program *p,
	const struct differ *d, struct failure *f);

/* The step that a difference shows at; -1: none. */
int pair_step(const struct program *p, const struct runs runs[2],
	const struct differ *d);

/* Lays down that P, made smaller than ORIGINAL, differs by RUNS. 0, 1 where one
 * of its shape lies there, or -1 and F tells. */
int pair_lay_down(const struct pair *pr, const struct program *original,
	const struct program *p, const struct runs runs[2],
	const struct differ *d, struct failure *f);

#endif
