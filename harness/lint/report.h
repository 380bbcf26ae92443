/* SPDX-License-Identifier: MIT */
/*
 * report.h: the findings of one or more profiles: as text; as JSON, an object
 * a profile; as SARIF (Static Analysis Results Interchange Format 2.1.0,
 * OASIS), which code hosts show beside the line, one log for all; as workflow
 * commands of GitHub, which does so too.
 */
#ifndef LINT_REPORT_H
#define LINT_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "lint/lint.h"

enum report_form {
	REPORT_TEXT,
	REPORT_JSON,
	REPORT_SARIF,
	REPORT_GITHUB,
};

struct report {
	FILE *to;
	enum report_form form;
	json_t *results;
};

void report_begin(struct report *r, FILE *to, enum report_form form);

/* URI names the profile. */
void report_add(struct report *r, const char *uri, const struct lint *l);
void report_end(struct report *r);

/* For those who print: the file of F; O, which they are done with. */
const char *report_file(const char *uri, const struct lint_finding *f);
void report_json(FILE *to, json_t *o);

/* Adds to the results of a log; makes the log, which owns them then. */
void sarif_add(json_t *results, const char *uri, const struct lint *l);
json_t *sarif_log(json_t *results);

#endif
