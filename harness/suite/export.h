/* SPDX-License-Identifier: MIT */
/* export.h: a recorded run in the formats of other tools. */
#ifndef SUITE_EXPORT_H
#define SUITE_EXPORT_H

#include <stdio.h>

/*
 * Both read DIR/cells.jsonl alone; MISSING cells have no record there (KTAP
 * bails out). 0 or a negative errno, said on stderr. KTAP:
 * Documentation/dev-tools/ktap.rst. Broken is "not ok".
 */
int export_ktap(const char *dir, size_t missing, FILE *out);
int export_junit(const char *dir, size_t missing, FILE *out);

#endif
