/* SPDX-License-Identifier: MIT */
/* allowed.h: what a futex step may return, by its arguments. Pure. */
#ifndef ORACLE_ALLOWED_H
#define ORACLE_ALLOWED_H

#include "oracle/oracle.h"
#include "program/program.h"

struct call {
	const struct seen *s;
	const struct program *p;
	const struct step *step;
	int i;
};

/* A condition that leaves one error only. */
struct must {
	unsigned ops;
	bool (*when)(const struct call *c);
	int err;
	const char *why; /* the source */
};

/* The one that holds for the call, or NULL: it has a choice. */
const struct must *allowed_only(const struct call *c);

/* May the call, which has a choice, return RET, a value or a negative errno? */
bool allowed_ret(const struct call *c, int ret);

#endif
