/* SPDX-License-Identifier: MIT */
/*
 * oracle.h: the oracles that need nothing but what was seen of one run. Pure.
 * Each returns true, with *F filled in, when its promise was broken.
 */
#ifndef ORACLE_ORACLE_H
#define ORACLE_ORACLE_H

#include <stdbool.h>

#include "oracle/finding.h"
#include "program/result.h"

/* One run of a program, and which of its steps the filter allows. */
struct seen {
	const struct program *p;
	const struct result *r;
	bool allowed[PROGRAM_STEPS];
};

bool oracle_sandbox(const struct seen *s, struct finding *f);
bool oracle_liveness(const struct seen *s, struct finding *f);
bool oracle_isolation(const struct seen *s, struct finding *f);
bool oracle_results(const struct seen *s, struct finding *f);
bool oracle_conservation(const struct seen *s, struct finding *f);
bool oracle_memory(const struct seen *s, struct finding *f);
bool oracle_model(const struct seen *s, struct finding *f);

/* Fills in a finding; returns true. */
__attribute__((format(printf, 4, 5))) bool oracle_broken(struct finding *f,
	const char *oracle, int step, const char *format, ...);

#endif
