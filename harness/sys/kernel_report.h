/* SPDX-License-Identifier: MIT */
/* kernel_report.h: the lines by which a kernel tells that it is not well. */
#ifndef SYS_KERNEL_REPORT_H
#define SYS_KERNEL_REPORT_H

#include <stdbool.h>
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

/* Looks for a report in lines that come one by one. */
struct kernel_reports {
	/* Whose reports count; NULL: all do, named or not. */
	bool (*mine)(pid_t pid, const void *with);
	const void *with;
	char found[160]; /* the first line of the first that counts, fit to be
			    shown; "": none came */
	char open[160];	 /* of one that did not name its process yet */
	int left;	 /* lines in which it may still do so */
};

/* Pure, but for what mine() is. */
void kernel_reports_feed(struct kernel_reports *r, const char *line);

#endif
