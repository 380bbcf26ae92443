/* SPDX-License-Identifier: MIT */
/* runs.h: many runs of one program on this kernel, sorted by what they were:
 * equal histories are one kind. */
#ifndef ORACLE_RUNS_H
#define ORACLE_RUNS_H

#include "oracle/check.h"
#include "oracle/history.h"

#define RUNS_KINDS 32

struct runs_kind {
	uint32_t times;
	int32_t broken; /* index of the promise that it breaks; -1: none */
	int32_t step;	/* that shows it; -1: the whole program */
	int32_t loose;	/* see struct finding */
	char text[240]; /* how */
	struct result result; /* of the first of the kind */
};

/* Plain bytes, so that a guest sends it as it is. */
struct runs {
	uint32_t counted;
	uint32_t others; /* of them, of kinds for which there was no room */
	uint32_t nkinds;
	struct runs_kind kinds[RUNS_KINDS];
};

/* The bytes of R that count. */
size_t runs_size(const struct runs *r);

/* Counts one run of P, of the kind that AS is. */
void runs_add(
	struct runs *r, const struct program *p, const struct runs_kind *as);

/* Adds those of MORE. */
void runs_join(
	struct runs *r, const struct program *p, const struct runs *more);

struct runner;

/* It runs on one processor, the first that the caller may use, who moves there
 * too: how threads take turns is then much the same on each kernel. NULL with
 * errno set. */
struct runner *runner_open(const struct filter *bpf);

/*
 * Runs P so many times, in new processes if FRESH. What tells nothing is not
 * counted: a run in which the leader may have woken who was only late, or that
 * somebody ended by SIGKILL. 0 or a negative errno.
 */
int runner_run(struct runner *u, const struct program *p, int times, bool fresh,
	struct runs *r);

void runner_close(struct runner *u);

#endif
