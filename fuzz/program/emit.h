/* SPDX-License-Identifier: MIT */
/* emit.h: writes a program down as C. */
#ifndef PROGRAM_EMIT_H
#define PROGRAM_EMIT_H

#include <stdio.h>

#include "profile/profile.h"
#include "program/program.h"

/* What the program is to show, for comments and for the verdict. */
struct emit {
	const struct program *p;
	const struct filter *bpf;
	const char *profile; /* its name */
	const char *note;    /* of a finding, or NULL */
	int32_t ret[PROGRAM_STEPS];
	bool returned[PROGRAM_STEPS];
};

/*
 * A C file that needs nothing but libc and Linux: it loads the filter, does the
 * steps, prints what each returned, and exits with 1 when all is as in E, 0
 * when not, 2 when it could not be set up.
 */
void emit_c(const struct emit *e, FILE *out);

/* A probe of the suite, to be filled in, for programs of one thread or more:
 * the steps are there, the declaration says what was seen. */
void emit_probe(const struct emit *e, FILE *out);

#endif
