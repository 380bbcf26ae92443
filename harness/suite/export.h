/* SPDX-License-Identifier: MIT */
/* export.h: a recorded run in the formats of other tools. */
#ifndef SUITE_EXPORT_H
#define SUITE_EXPORT_H

#include <stdio.h>

/*
 * Both read DIR/cells.jsonl alone. 0 or a negative errno, said on stderr.
 * KTAP: Documentation/dev-tools/ktap.rst. Broken and missing are "not ok".
 */
int export_ktap(const char *dir, FILE *out);
int export_junit(const char *dir, FILE *out);

#endif
