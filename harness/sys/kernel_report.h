/* SPDX-License-Identifier: MIT */
/* kernel_report.h: the lines by which a kernel tells that it is not well. */
#ifndef SYS_KERNEL_REPORT_H
#define SYS_KERNEL_REPORT_H

#include <stdbool.h>

/*
 * Begins LINE, of the console or the log, a report: a panic, an oops, BUG,
 * WARNING, a finding of KASAN, KCSAN, UBSAN or lockdep, a task or a processor
 * that hangs? What stands in front of it (a time in brackets) does not count.
 * Pure.
 */
bool kernel_report_is(const char *line);

#endif
