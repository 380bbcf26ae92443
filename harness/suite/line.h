/* SPDX-License-Identifier: MIT */
/*
 * line.h: what readers of records ask of a line, at the speed of a million
 * lines a second. Pure.
 */
#ifndef SUITE_LINE_H
#define SUITE_LINE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Members of a record (record.h); what it has not, or not as text, is "". They
 * may be a stranger's. */
struct line {
	const char *cell, *probe, *profile, *flavour, *kernel, *release;
	const char *outcome, *verdict, *call, *text, *want;
	const char
		*cells; /* of a baseline: those of PROBE that have all else */
	const char *known; /* of known_judge() alone (known.h) */
	double ms;
};

/*
 * Reads the SIZE bytes at TEXT, a JSON object: L points into it, and TEXT is
 * changed. False, with TEXT as it was, where it is no JSON, or JSON that is not
 * plain (escapes in what is asked for, other than ASCII, deep nesting):
 * line_from_json() decides then.
 */
bool line_scan(char *text, size_t size, struct line *l);

/* The same of an object that jansson read; L points into it. */
void line_from_json(const json_t *o, struct line *l);

#endif
