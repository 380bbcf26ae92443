/* SPDX-License-Identifier: MIT */
/*
 * check.h: runs programs, and holds what they did against what futex(2)
 * promises. One oracle, one promise; the first that is broken is told.
 */
#ifndef ORACLE_CHECK_H
#define ORACLE_CHECK_H

#include "executor/executor.h"
#include "oracle/oracle.h"

/* Each promise, in the order in which they are asked. */
struct oracle {
	const char *name, *promise;
	/* NULL: it takes more than one run. */
	bool (*is_broken)(const struct seen *s, struct finding *f);
};

#define ORACLES 8
extern const struct oracle oracles[ORACLES];

/* Which of P's steps the filter allows. */
void check_allows(const struct filter *bpf, const struct program *p,
	bool allowed[PROGRAM_STEPS]);

/* The index of the first promise that the run broke, and *F tells how; -1: it
 * kept those that one run shows. */
int check_broken(const struct seen *s, struct finding *f);

/* Runs s->p, of which RESULT is s->r, and again where a run that breaks a
 * promise may have been stopped (result.h: stood), until one breaks it that was
 * not, or six did. 0, or 1 + the index of the promise; or a negative errno. */
int check_once(struct executor *e, const struct seen *s, struct result *result,
	struct finding *f);

struct checker;

/*
 * Under a filter that allows read, write, futex and exit at least for some
 * arguments. NULL with errno set; EPERM when the filter does not.
 */
struct checker *checker_open(const struct filter *bpf);

/* Which of P's steps the filter allows. */
void checker_allows(const struct checker *c, const struct program *p,
	bool allowed[PROGRAM_STEPS]);

/* check_once() of P, and its twin. 0: every promise was kept; 1: *FINDING tells
 * which was not; or a negative errno. */
int checker_run(struct checker *c, const struct program *p,
	struct result *result, struct finding *finding);

void checker_close(struct checker *c);

#endif
