/* SPDX-License-Identifier: MIT */
/* export.h: a recorded run in the formats of other tools. */
#ifndef SUITE_EXPORT_H
#define SUITE_EXPORT_H

#include <jansson.h>
#include <stdio.h>

#include "suite/judge.h"
#include "suite/known.h"

struct export
{
	json_t *about; /* run.json; NULL: there is none */
	size_t counts[VERDICT_MISSING + 1];
	size_t n;   /* of records */
	size_t no;  /* of the line at hand, from 1 */
	size_t put; /* lines that were written; for who leaves some out */
	struct known known;
	FILE *out;
};

/* What is written before all lines, for one, and behind all. */
struct exporter {
	const char *option; /* "--ktap" */
	void (*head)(const struct export *e);
	void (*line)(struct export *e, const struct line *l);
	void (*foot)(const struct export *e);
};

/* KTAP (Documentation/dev-tools/ktap.rst): broken is "not ok", a known failure
 * TODO, cells without a record bail out. */
extern const struct exporter export_ktap;
extern const struct exporter export_junit;
extern const struct exporter export_github;
extern const struct exporter export_badge;
extern const struct exporter export_svg;
extern const struct exporter export_kcidb;

/* The one of this option; NULL: none. */
const struct exporter *export_find(const char *option);

/*
 * Writes the run in DIR, of which MISSING cells have no record, to OUT. 0 or a
 * negative errno, said on stderr.
 */
int export_run(
	const struct exporter *to, const char *dir, size_t missing, FILE *out);

#endif
