/* SPDX-License-Identifier: MIT */
/* report.h: a recorded run, for people. */
#ifndef SUITE_REPORT_H
#define SUITE_REPORT_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Prints the summary of the run in DIR to OUT: the answers to the user's
 * questions with the cells that they stand on (not when BRIEF), then what
 * differs from the declarations, then the totals. 0 or a negative errno, said.
 */
int report_print(const char *dir, FILE *out, bool brief);

/* The same, not brief, in two parts: what stands above the answers, and all
 * that is left where the first TOLD questions were answered since (soon.h). */
void report_head(const char *dir, FILE *out);
int report_rest(const char *dir, size_t told, FILE *out);

#endif
