/* SPDX-License-Identifier: MIT */
/*
 * forecast.h: calls that a libc makes of itself, since when, and on which
 * answers it goes on without them. Pure.
 */
#ifndef LINT_FORECAST_H
#define LINT_FORECAST_H

#include <stdio.h>

#include "lint/find.h"

enum forecast_libc { FORECAST_GLIBC, FORECAST_MUSL };

enum { FORECAST_X86_64 = 1, FORECAST_X86 = 2, FORECAST_BOTH = 3 };

/* As the others: 2.43 is 243, 1.2.5 is 10205, Linux 6.11 is 611. */
#define FORECAST_NEWEST 65535

struct forecast {
	const char *call;
	/* What it makes in its place, or beside it: where that is refused too,
	 * nobody misses CALL. NULL: all programs make CALL. */
	const char *before;
	enum forecast_libc libc;
	unsigned since, until; /* the first that does, and that does no more */
	unsigned kernel;       /* that it needs to be made at all; or 0 */
	uint8_t arches;
	bool on_enosys, on_errno; /* breaks on ENOSYS, on other errnos */
	/* ... where the program loads its filter itself, not where it was there
	 * before the program. */
	bool if_later;
	bool has_arg; /* made with VALUE as argument ARG */
	unsigned arg;
	uint64_t value;
	const char *when, *source;
};

extern const struct forecast forecast_table[];
extern const size_t forecast_n;

struct forecast_want {
	enum forecast_libc libc;
	unsigned version, kernel;
};

/* Reads "glibc-2.43", "musl-1.2.5", "7.2". False: it is none. */
bool forecast_libc(const char *text, struct forecast_want *want);
bool forecast_kernel(const char *text, struct forecast_want *want);

/* What lint_profile looks for from now on; NULL: nothing. */
void forecast_for(const struct forecast_want *want);

/* Whether CALL is looked for here, and need not be elsewhere. */
bool forecast_has(const char *call);

void forecast_check(struct linter *l);

/* The table, one line a call. */
void forecast_print_all(FILE *to);

#endif
