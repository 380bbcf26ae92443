/* SPDX-License-Identifier: MIT */
/* filter.h: a filter whose refusals are told to the tracer. Pure. */
#ifndef EXPLAIN_FILTER_H
#define EXPLAIN_FILTER_H

#include "explain/explain.h"

/* The data of the SECCOMP_RET_TRACE that is ours: this and which filter. */
#define EXPLAIN_MARK	      0x5100
/* The same, of the filter that watches for filters being loaded. */
#define EXPLAIN_MARK_LOAD     0x5200
#define EXPLAIN_MARK_PTRACE   0x5201
#define EXPLAIN_MARK_CLONE    0x5202
#define EXPLAIN_MARK_ALARM    0x5203
#define EXPLAIN_MARK_LANDLOCK 0x5204

/*
 * Makes OUT of IN for MODE: EXPLAIN_REAL leaves kills and traps as they are,
 * EXPLAIN_LET only SECCOMP_RET_ALLOW; the rest becomes TELL, a SECCOMP_RET_*
 * with its data. 0, or -E2BIG when there is no room for the
 * instructions that it takes. IN must have passed bpf_check.
 */
int explain_filter(const struct filter *in, enum explain_mode mode,
	uint32_t tell, struct filter *out);

/* What tells the tracer of filter number NO. */
uint32_t explain_tell(int no);

/*
 * Puts before the filter F that ptrace is told to the tracer with
 * EXPLAIN_MARK_PTRACE, and a clone that would not be traced (CLONE_UNTRACED)
 * with EXPLAIN_MARK_CLONE, and landlock_restrict_self with
 * EXPLAIN_MARK_LANDLOCK, where F allows them; and alarm and setitimer, of
 * 32-bit programs too, with EXPLAIN_MARK_ALARM. Does nothing where there is no
 * room. True when no alarm or setitimer goes on unseen: calls of x32 aside.
 */
bool explain_mark_calls(struct filter *f, uint32_t arch);

/* Makes OUT the filter that allows all, and tells of each call that may load
 * one, or asks whether one was loaded or may be (prctl's PR_GET_SECCOMP,
 * PR_GET_NO_NEW_PRIVS, PR_SET_NO_NEW_PRIVS), with EXPLAIN_MARK_LOAD. */
void explain_mark_loads(struct filter *out);

/*
 * Puts BASE, built of rules, before the filter F: what BASE refuses is refused
 * as it says, the rest is asked of F. 0, or -E2BIG.
 */
int explain_under(const struct filter *base, struct filter *f);

/* True when VERDICT lets the call go on: ALLOW, LOG. */
bool explain_allows(uint32_t verdict);

/* The errno, positive, that VERDICT answers with when nobody traces and nobody
 * listens; 0: it kills or traps, or lets go. */
int explain_errno(uint32_t verdict);

/* In words: "kills the thread", "answers EPERM", "sends SIGSYS". */
void explain_verdict(uint32_t verdict, char *text, size_t size);

/* SECCOMP_MODE_STRICT for ARCH, written as a filter. */
void explain_strict(uint32_t arch, struct filter *out);

#endif
