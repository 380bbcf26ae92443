/* SPDX-License-Identifier: MIT */
/*
 * judge.h: evidence -> outcome -> verdict. Pure: no system calls, no clock.
 */
#ifndef SUITE_JUDGE_H
#define SUITE_JUDGE_H

#include "suite/declare.h"
#include "suite/evidence.h"

enum verdict {
	VERDICT_PASS,	 /* as declared */
	VERDICT_FAIL,	 /* seen, and not as declared */
	VERDICT_BROKEN,	 /* no evidence, no declaration, or a failed control */
	VERDICT_SKIP,	 /* not run, for a reason */
	VERDICT_NONE,	 /* seen, under a file that no probe declares of */
	VERDICT_KNOWN,	 /* it fails, and that is known (known.h) */
	VERDICT_MISSING, /* no record: the run was cut short */
};

/* An outcome with what belongs to it. */
struct judged {
	enum outcome outcome;
	int num;	/* errno, status or signal */
	int line;	/* EBADE: of the probe's check that failed */
	char call[96];	/* the refused call, or the effect */
	bool reported;	/* while it ran, the kernel told that it is not well */
	char text[320]; /* one line for people */
};

/* Where a cell was run: what the rows of a declaration ask for. */
struct place {
	const char *profile;
	bool undeclared; /* the profile is a file: no row is about it */
	bool filtered;	 /* any profile but `none` */
	const char *flavour;
	unsigned libc;	 /* GLIBC(2, 36), MUSL(1, 2, 3), 0 */
	unsigned kernel; /* KERNEL(6, 18) */
	bool spares;	 /* its filter means to kill the process, and the kernel
			    can kill one thread only: no `kill_process` */
	bool (*has)(const char *feature);
};

/* "works", "fails", ... as records have it. */
const char *judge_outcome_name(enum outcome outcome);
const char *judge_verdict_name(enum verdict verdict);

/* The verdict that a record names: a word of a later version, or none, is no
 * evidence, VERDICT_BROKEN. */
enum verdict judge_verdict_named(const char *name);

/*
 * Settles which refusal ended the process. One that died of the filter died at
 * the last refusal that killed a thread or was a trap that nobody caught; all
 * before cost a thread. It is the wait status that tells: a filter kills by
 * SIGSYS, and by SIGKILL in STRICT mode alone (kernel/seccomp.c,
 * __secure_computing_strict).
 */
void judge_refusals(struct evidence *ev, bool strict);

/* What happened. */
void judge_outcome(const struct declaration *d, const struct place *place,
	const struct evidence *ev, struct judged *out);

/* OUT->text, from the rest of OUT and how a hang of EV was found. */
void judge_describe(const struct evidence *ev, struct judged *out);

/*
 * Was it declared? *ROW is the row that decided, or NULL. WANT (at least 200
 * bytes) gets what was expected, in words.
 */
enum verdict judge_verdict(const struct declaration *d,
	const struct place *place, const struct judged *seen,
	const struct expect **row, char *want, size_t size);

#endif
