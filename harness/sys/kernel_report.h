/* SPDX-License-Identifier: MIT */
/* kernel_report.h: the lines by which a kernel tells that it is not well. */
#ifndef SYS_KERNEL_REPORT_H
#define SYS_KERNEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Begins LINE, of the console or the log, a report: a panic, an oops, BUG,
 * WARNING, a finding of KASAN, KCSAN, UBSAN or lockdep, a task or a processor
 * that hangs? What stands in front of it (a time in brackets) does not count.
 * Pure.
 */
bool kernel_report_is(const char *line);

/*
 * Names LINE, the first of a report or one that follows it, the process by
 * which it came? Then *PID is it, a thread's id where it was one. Pure.
 */
bool kernel_report_pid(const char *line, pid_t *pid);

/*
 * Is a report that begins with LINE one of lockdep's, which says no more once
 * it has found something (debug_locks_off(), kernel/locking)? Pure.
 */
bool kernel_report_is_lockdep(const char *line);

/*
 * Names LINE, one of a report, the function that it is about? Not those by
 * which the kernel reports, takes locks and sleeps. Then NAME is it. Pure.
 */
bool kernel_report_function(const char *line, char *name, size_t size);

#define KERNEL_REPORT 240

/* Looks for a report in lines that come one by one. */
struct kernel_reports {
	/* Whose reports count; NULL: all do, named or not. */
	bool (*mine)(pid_t pid, const void *with);
	const void *with;
	/* The first line of the first that counts, with ", in FUNCTION" where
	 * another told it, fit to be shown; "": none came. */
	char found[KERNEL_REPORT];
	char open[160];	   /* of one that is not told to its end */
	char function[64]; /* of that one */
	bool is_mine;	   /* and whether it counts */
	int left;	   /* lines in which it may still tell that */
};

/* Pure, but for what mine() is. */
void kernel_reports_feed(struct kernel_reports *r, const char *line);

/* No more lines come for now: one that counts is found, as far as it came. */
void kernel_reports_end(struct kernel_reports *r);

#endif
