/* SPDX-License-Identifier: MIT */
/* trial.h: what the parts of minimizing a profile share. */
#ifndef MINIMIZE_TRIAL_H
#define MINIMIZE_TRIAL_H

#include <jansson.h>

#include "explain/io.h"
#include "explain/places.h"
#include "explain/report.h"
#include "profile/rules.h"
#include "sys/failure.h"

#define MINIMIZE_USES	1000
#define MINIMIZE_VALUES 16 /* of one argument; more are not told apart */

/* What the command was seen to need: a call, or a call with one value of the
 * argument that tells what it does. One rule of the profile. */
struct minimize_use {
	uint32_t arch; /* AUDIT_ARCH_* */
	int nr;
	char call[32];
	int arg; /* which argument VALUE is; -1: whatever the arguments */
	uint64_t value;
	bool as_base;	 /* by the rules that the base has for the call */
	bool again;	 /* made after the first run, too */
	unsigned brings; /* KIN_* */
	const char *kin; /* why it is in the result though no run showed it to
			    be needed; NULL: not so */
	unsigned long count;
	/* The first one: the call, who made it, what for. */
	char text[120];
	char by[EXPLAIN_CHAIN];
	const char *need;
};

/* A profile whose verdicts are asked for on paper. */
struct minimize_paper {
	const struct profile *profile; /* NULL: none; it allows nothing */
	bool built;
	struct profile_error err; /* why it could not be */
	struct filter filter;
};

/* In the order in which they were first met. */
struct minimize_uses {
	const struct profile *base; /* NULL: none */
	bool whole;		    /* arguments are not told apart */
	struct minimize_paper from; /* what it allows is no use */
	/* KIN_* that is brought by what FROM allows and by threads; of
	 * ARCH_NATIVE, of ARCH_COMPAT. */
	unsigned brings[2];
	unsigned libcs; /* LIBC_* of the programs that were seen; 0: none was */
	unsigned image; /* that was looked at last */
	bool looked;
	size_t n;
	struct minimize_use list[MINIMIZE_USES];
	bool full;  /* there was no room for all */
	bool first; /* what is noted now is of the first run */
};

/*
 * Adds what R asks for to the struct minimize_uses TO, in the form of
 * explain_plan.told. Futex operations, ioctl requests, protections, and others
 * of the kind are told apart; descriptors as long as they are the three
 * standard ones.
 */
void minimize_note(void *to, const struct explain_refusal *r,
	const struct explain_place *place);

/* Does the profile, as a process of ARCH loads it, allow the call? What cannot
 * be built allows nothing, and P->err tells. */
bool minimize_paper_allows(struct minimize_paper *p, uint32_t arch,
	const struct seccomp_data *data);

/* Has BASE rules for the call that depend on its arguments? */
bool minimize_has_conditions(const struct profile *base, const char *call);

/* Where what is brought to calls of ARCH stands in minimize_uses.brings. */
unsigned *minimize_brought(struct minimize_uses *uses, uint32_t arch);

/* The use that covers what R asks for, or NULL. */
struct minimize_use *minimize_met(
	struct minimize_uses *uses, const struct explain_refusal *r);

/* True when no further value of the argument of U's call is told apart. */
bool minimize_varies(
	const struct minimize_uses *uses, const struct minimize_use *u);

/* The use that covers U, or NULL. */
struct minimize_use *minimize_find(
	struct minimize_uses *uses, const struct minimize_use *u);

/* A command with a standard input, and what it does with it. */
struct minimize_case {
	char **argv;
	const char *path;    /* of argv[0] */
	const char *command; /* it, fit to be shown */
	const char *input;   /* the file; NULL: quartet's own */
	struct explain_stdio in;
	struct explain_seen real; /* the reference */
	uint64_t bare_us;	  /* that it takes without a filter, at most */
};

struct minimize {
	/* What was asked. */
	const struct profile *base, *from; /* NULL: none */
	/* BASE is a deny list: which of its rules have to be lifted? A use is a
	 * call that it refuses. */
	bool lift;
	uint32_t refuse;	    /* SCMP_ACT_*: what is not allowed */
	const char *check;	    /* a shell command; NULL: none */
	bool bare;		    /* nothing is added as kin */
	bool next;		    /* ... of another version of the libc is */
	long runs;		    /* that the result must pass */
	long jobs;		    /* runs at the same time */
	const char *when, *command; /* COMMAND: the one that ran last */
	void (*note)(const char *text); /* says what is no failure */
	void (*progress)(const struct minimize *m); /* after a run; or NULL */
	struct explain_plan plan;
	size_t ncases;
	struct minimize_case *cases;
	int own; /* standard input, while a case has another; 0: none has */
	bool own_closes; /* it is closed at exec */

	/* What was found. */
	struct minimize_uses *uses;  /* of the command */
	bool *keep;		     /* of uses->list, the result */
	size_t nsearched;	     /* the rest of them came later */
	struct minimize_paper paper; /* the base */
	int nruns;
	int nfirst;  /* kept, as its first run alone made them */
	int nvaried; /* came when the result was tried: not made in each run */
	struct minimize_tried *tried, *last; /* LAST: asked for last */
	/* Per use: when it was last refused in the run that is made, counted;
	 * 0: it was not. */
	uint32_t missed[MINIMIZE_USES], nmissed;
	bool *found;	  /* keep, as the search left it */
	char trying[120]; /* what is tried, for people */
	long left;	  /* runs that are left, at most; 0: not known */
	bool stopped;	  /* we were asked to end */
	FILE *journal;	  /* NULL: there is none (yet) */
	const char *journal_path; /* NULL: there will be none */
	char question[20];	  /* what was asked, hashed */
	json_t *resumed;	  /* lines of an earlier journal */
	int nresumed;		  /* of them, that are known now */
	struct failure failure;	  /* what stood in the way */
};

/* A set that was tried, and what became of the command. */
struct minimize_tried {
	bool does;
	char how[120]; /* it does not: what it did instead */
	size_t n;
	struct minimize_tried *next;
	bool *keep; /* N of them */
	/* N of them: not kept, and refused to it in this run, counted; 0: it
	 * was not. */
	uint32_t missed[];
};

/* minimize/build.c */

/* The profile that allows the uses that are true in KEEP, the floor, and no
 * more; NULL when there is no memory. Names the call that has no name. */
struct profile *minimize_build(
	const struct minimize *m, const bool *keep, struct profile_error *err);

/* minimize/trial.c */

/* "WHAT: WHY" into m->failure. Returns -1. */
int minimize_fail(struct minimize *m, enum failure_kind kind, const char *what,
	const char *why);

/* What to do about a command that is not the same each time. */
const char *minimize_advice(const struct minimize *m);

/* Runs the command twice on each input, with each call noted: what it does is
 * what it has to do under the profile, both times. 0, or -1 and m->failure
 * tells. */
int minimize_learn(struct minimize *m);

/* Keeps what the first run alone asked for. It may have left something behind
 * that spared the others the call, and so none tells whether it is needed. */
void minimize_keep_first(struct minimize *m);

/* Runs the command on one input with what is true in KEEP; HOW says what it did
 * instead. 1, 0, or -1 and m->failure tells. */
int minimize_try_case(struct minimize *m, struct minimize_case *c,
	const bool *keep, char *how, size_t size);

/* T->keep on the cases in their order, until one does not: 1, 0, or -1. A
 * failure is told by what its case alone was refused. */
int minimize_try_cases(struct minimize *m, struct minimize_tried *t);

/* minimize/tried.c */

/*
 * minimize_test and minimize_missed of minimize/search.h, on a struct minimize.
 * The test says 1, 0, or -1 and m->failure tells. It makes no run when another
 * told already: one of a part of KEEP, to which nothing was refused that KEEP
 * has, so that each call would get the same answer again. The suspects are what
 * the last run was refused, the last first.
 */
int minimize_try(void *m, const bool *keep, size_t n);
size_t minimize_suspects(void *m, size_t *list);

/* minimize_ahead of minimize/search.h: makes m->jobs of the runs at the same
 * time. */
void minimize_try_ahead(
	void *m, const bool *keep, size_t n, const size_t *list, size_t nlist);

/* To be freed; NULL without memory. */
struct minimize_tried *minimize_tried_new(const bool *keep, size_t n);
void minimize_tried_add(struct minimize *m, struct minimize_tried *t);

/* What it did when it had all of the result but use I: NULL when that was not
 * tried. */
const char *minimize_without(const struct minimize *m, size_t i);

/* minimize/same.c: what a run without a filter, or under the base, shows is
 * what each has to do. Does it? If not, HOW says what it did. */
bool minimize_does_same(const struct minimize *m, const struct minimize_case *c,
	struct explain_seen *seen, char *how, size_t size);

/* True when a refusal ends the thread: nothing is met behind it. */
bool minimize_kills(const struct minimize *m);

/* minimize/confirm.c: 0, or -1 and m->failure tells. Tries the result on each
 * input M->runs times, with addresses that differ; what it turns out to need
 * beside is added to it. */
int minimize_confirm(struct minimize *m);

/* minimize/print_lift.c: of a deny list. */
void minimize_print_lift(const struct minimize *m, FILE *to);

/* minimize/print.c */
void minimize_print(const struct minimize *m, FILE *to);

#endif
