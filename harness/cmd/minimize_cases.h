/* SPDX-License-Identifier: MIT */
/* minimize_cases.h: the commands and inputs that one profile has to serve. */
#ifndef CMD_MINIMIZE_CASES_H
#define CMD_MINIMIZE_CASES_H

#include "minimize/minimize.h"

#define CASES 64 /* commands and inputs together, but for the first command */

/* -i, --also, and --commands; each 0, or -1 and said. TEXT is read as a shell
 * reads words, quotation marks, variables and patterns among them, but runs
 * nothing; "<FILE" at its end is its standard input. */
int minimize_cases_input(const char *file);
int minimize_cases_also(const char *text);
int minimize_cases_file(const char *file);

/* M's cases, for which there is room for CASES + 1: the command on each of its
 * inputs, and the others. */
void minimize_cases_fill(
	struct minimize *m, char **argv, const char *path, const char *shown);

#endif
