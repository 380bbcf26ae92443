/* SPDX-License-Identifier: MIT */
/* moment.h: when the filter is loaded, as it is written. Pure. */
#ifndef EXPLAIN_MOMENT_H
#define EXPLAIN_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "sys/failure.h"

enum explain_when {
	WHEN_EXEC,   /* before the program's first instruction */
	WHEN_MAIN,   /* at the entry of main */
	WHEN_SYMBOL, /* symbol:NAME, at its first call */
	WHEN_READ,   /* first-read: before the first read of standard input */
	WHEN_CALL,   /* syscall:NAME[:N], before the Nth such call */
	WHEN_AFTER,  /* after:MS, so long after the exec */
	WHEN_SELF,   /* the program loads its own */
};

struct explain_moment {
	enum explain_when when;
	char name[128]; /* of the symbol or the call */
	long n;		/* which call, or milliseconds */
};

/* 0, or -1 and F tells what is wrong. */
int explain_moment_parse(
	const char *text, struct explain_moment *m, struct failure *f);

/*
 * Is call NR of ARCH the one that M waits for? ARGS are its arguments. *COUNT
 * is how many came before; it starts at 0.
 */
bool explain_moment_is(const struct explain_moment *m, uint32_t arch, int nr,
	const uint64_t args[6], long *count);

#endif
