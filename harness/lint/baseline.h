/* SPDX-License-Identifier: MIT */
/*
 * baseline.h: findings that are known, as a file: a line each of the profile,
 * the rule, the architecture and what it is about, tabs between. It has no
 * line numbers, so that it holds when lines move.
 */
#ifndef LINT_BASELINE_H
#define LINT_BASELINE_H

#include <stdio.h>

#include "lint/finding.h"

struct baseline;

/* One without findings, or NULL: no memory. baseline_free ends it. */
struct baseline *baseline_new(void);
void baseline_free(struct baseline *b);

/* Whether TEXT begins as a baseline does. */
bool baseline_is(const char *text, size_t size);

/* Adds the findings of a file's TEXT, which it changes. 0; the number of the
 * line that is none; or -ENOMEM. */
int baseline_read(struct baseline *b, char *text, size_t size);

/* Adds F, of the profile FILE. 0 or -ENOMEM. */
int baseline_add(
	struct baseline *b, const char *file, const struct lint_finding *f);

/* Whether all that F is about is in B. */
bool baseline_has(
	struct baseline *b, const char *file, const struct lint_finding *f);

/* How many lines of FILE no baseline_has has asked for. */
size_t baseline_unused(const struct baseline *b, const char *file);

/* Writes it, sorted. */
void baseline_write(struct baseline *b, FILE *to);

#endif
