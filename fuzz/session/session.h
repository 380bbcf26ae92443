/* SPDX-License-Identifier: MIT */
/* session.h: what the parts of `quartet fuzz` share. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

#include "program/program.h"
#include "session/blackbox.h"
#include "session/tally.h"
#include "sys/failure.h"
#include "sys/kernel_report.h"
#include "sys/text.h"

#define FUZZ_JOBS    64
#define FUZZ_FOREIGN 8

struct fuzz_run {
	/* As asked for. */
	const char *profile; /* a name, or an absolute path */
	char out[PATH_MAX / 2];
	char tools[PATH_MAX / 2]; /* the folder of target, mutator, seeds */
	int jobs;
	long seconds; /* 0: until it is told to stop */
	bool first;   /* stop at the first finding */
	const char *corpora[FUZZ_FOREIGN], *foreign[FUZZ_FOREIGN];
	int ncorpora, nforeign;
	const char *kernel;	/* it runs in another; NULL: here */
	const char *kernels[2]; /* the same programs on both; NULL: no */
	/* Says what stood in the way of a child. */
	void (*say)(const struct failure *f);
	/* As it goes. */
	pid_t job[FUZZ_JOBS];
	struct tally *tally[FUZZ_JOBS];
	pid_t looking; /* the child that looks into a finding, or 0 */
	time_t began, ended, last_new, next_progress;
	int behaviours;
	uint64_t programs_before;   /* this start of it */
	struct blackbox *blackbox;  /* of the other kernel */
	int boots, deaths;	    /* of it */
	bool lenient;		    /* it goes on after a mere report */
	long blocks;		    /* of it that were gone through */
	int log;		    /* the kernel's, or -1 */
	struct kernel_reports said; /* in it, and not named yet */
};

/* A path, as printf(3) makes it, in a buffer of PATH_MAX; what is longer is cut
 * off, and then is no file. */
__attribute__((format(printf, 2, 3))) void fuzz_path(
	char *path, const char *format, ...);

/* "main", "job1", ... */
void fuzz_job_name(int job, char name[16]);

/* Makes the folders and the seeds in r->out. 0, or -1 and F tells why not. What
 * is there already is kept: the run is resumed. */
int fuzz_prepare(const struct fuzz_run *r, struct failure *f);

/* Starts AFL++, once for each job. 0, or -1 and F tells. */
int fuzz_start(struct fuzz_run *r, struct failure *f);

/* The job that ended by itself, and F tells it; -1: none did. */
int fuzz_ended(struct fuzz_run *r, struct failure *f);

/* The end of its log, where AFL++ says what it did not like. */
void fuzz_show_log(const struct fuzz_run *r, int job, FILE *to);

/* Has all jobs end, and waits for it. */
void fuzz_stop(struct fuzz_run *r);

/*
 * Looks into what the targets have left in r->out/found, one program at a time,
 * in a child: it shrinks it and lays it down as r->out/findings/NAME, or counts
 * it with an equal one. Waits until all are done, but for no more than WAIT_S
 * seconds; what is left then is found again by the next campaign in r->out.
 */
void fuzz_look(struct fuzz_run *r, long wait_s);

/* How many programs in r->out/found nobody has looked into; calls EACH, if any,
 * with name and what the program broke. */
int fuzz_waiting(const struct fuzz_run *r,
	void (*each)(FILE *to, const char *name, const char *text), FILE *to);

/*
 * Reads the kernel's log from here on: a report in it (sys/kernel_report.h)
 * that names a living process of the campaign, or in a guest any, is laid down
 * by fuzz_hear() as r->out/findings/kernel-HASH, in a guest with the programs
 * that began last. Where the log cannot be read: nothing is heard.
 */
void fuzz_listen(struct fuzz_run *r);
void fuzz_hear(struct fuzz_run *r);

/*
 * Lays down a report that begins with LINE as r->out/findings/kernel-HASH, with
 * the programs that began last by B, if any. False: it is there already (or
 * cannot be made).
 */
bool fuzz_report(
	const struct fuzz_run *r, const char *line, const struct blackbox *b);

/* How many folders of findings there are; calls EACH, if any, with name and
 * first line of the report. */
int fuzz_findings(const struct fuzz_run *r,
	void (*each)(FILE *to, const char *name, const char *text), FILE *to);

/* Adds P's operations and a number that stands for who does what in which
 * order. */
void fuzz_name_shape(const struct program *p, struct text *t);

/* The sum of all jobs' counts. */
void fuzz_tally(const struct fuzz_run *r, struct tally *sum);

/* One of BEHAVIOUR_OPS, in words. */
const char *fuzz_op_name(int op);

/* A screenful of how it goes. */
void fuzz_print(struct fuzz_run *r, FILE *to);

/* The counts of job I, r->tally[I], are opened. 0, or -1 and F tells. */
int fuzz_open_tally(struct fuzz_run *r, int i, struct failure *f);

/*
 * The same as fuzz_start() to fuzz_stop() on r->kernel, which was prepared: a
 * guest runs the campaign, in r->out, until the time is over, *STOP, or with
 * r->first a finding. One that dies is booted again, and what it left laid down
 * in r->out/deaths (its console, the programs that it began last). Tells how it
 * goes on SAY. 0, or -1 and F tells.
 */
int fuzz_away(struct fuzz_run *r, const volatile sig_atomic_t *stop, FILE *say,
	struct failure *f);

/* Counts the blocks of the other kernel that were gone through, in this boot
 * and those before; where there are any, r->out/blocks has them, an address a
 * line, in hex. */
void fuzz_write_blocks(struct fuzz_run *r);

/*
 * Adds a line to r->out/progress when it is time for one: seconds since 1970,
 * programs, behaviours, findings. Lines come further apart as time goes on.
 */
void fuzz_progress(struct fuzz_run *r);

/* One line of it. */
void fuzz_print_line(struct fuzz_run *r, FILE *to);

#endif
