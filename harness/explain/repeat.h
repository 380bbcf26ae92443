/* SPDX-License-Identifier: MIT */
/*
 * repeat.h: one command under the filter many times, and the union of what the
 * runs were refused: a call that comes once in a thousand runs comes.
 */
#ifndef EXPLAIN_REPEAT_H
#define EXPLAIN_REPEAT_H

#include <jansson.h>
#include <stdio.h>

#include "explain/report.h"

#define REPEAT_JOBS 256

/* What some of the runs had in common. */
struct repeat_item {
	char *key;	 /* what makes it the same in two runs */
	json_t *example; /* of the first record that had it */
	long runs;	 /* that had it */
	json_int_t calls;
	long first; /* such run, by its number, of those that were counted */
	long last;  /* ... the one that was counted last */
};

struct repeat_list {
	size_t n;
	struct repeat_item *items; /* in the order in which they came */
};

/* The union. Zeroed, it is that of no runs. */
struct repeated {
	struct repeat_list places; /* that a call was refused at */
	struct repeat_list ends;   /* how the runs ended: hangs too */
	long runs;		   /* that told something */
	long refused, hung;	   /* runs of these */
	long unready;		   /* ... whose daemon was never ready */
	long silent;		   /* runs that told nothing */
	char why_silent[200];	   /* the first of them */
	long since_new;		   /* runs since one brought something new */
	long cut;		   /* runs that were ended when we were asked to
				      end */
	bool stopped;		   /* we were */
	uint64_t us;
	char kept[4096]; /* the folder of what was kept; empty: nothing was */
};

struct repeat_plan {
	const struct explain_plan *plan;
	const struct explained *about; /* what all runs have in common */
	long runs;		       /* at most */
	long until_new; /* so many brought nothing new; 0: never */
	long jobs;
	const char *copy; /* a folder: each run has a copy of it for its own, as
			     its working directory; NULL: not so */
	const char *keep; /* the folder for outputs; NULL: one is made */
	void (*progress)(const struct repeated *r); /* after a run; or NULL */
};

/*
 * Makes the runs. Standard input, when it is a file or a pipe, begins anew in
 * each. SIGINT, SIGTERM and SIGHUP end it early, and R has what was seen until
 * then. What brought something new has a folder kept->/RUN/ with what it wrote
 * and its report. 0, or -1 and F tells; R is to be freed either way.
 */
int repeat_run(
	const struct repeat_plan *p, struct repeated *r, struct failure *f);

/*
 * Adds the record of run number RUN, as explain_json writes it. 1 when it
 * brought something new, 0 when not, or -ENOMEM. Pure.
 */
int repeated_add(struct repeated *r, long run, const json_t *record);
void repeated_free(struct repeated *r);

void repeated_print(
	const struct repeat_plan *p, const struct repeated *r, FILE *to);
/* 0, or -1 when it cannot be written. */
int repeated_json(
	const struct repeat_plan *p, const struct repeated *r, FILE *to);

/* What a worker is asked for. */
struct repeat_order {
	long run; /* its number; 0: no more */
	int keep; /* what the run before it left */
};

/* A worker: takes orders from one descriptor, and writes to the other a
 * uint32_t and so many bytes of JSON for each. Returns at the last order. */
void repeat_work(
	const struct repeat_plan *p, const char *base, int orders, int records);

/* repeat_folder.c: BASE/RUN, and what is in it. Negative errnos. */

/* Makes the folder, with a copy of COPY in it, and enters that. */
int repeat_folder_enter(const char *base, long run, const char *copy);
/* Keeps what one run wrote. */
int repeat_folder_keep(const char *base, long run,
	const struct explain_seen *seen, const char *report);
void repeat_folder_drop(const char *base, long run);

#endif
