/* SPDX-License-Identifier: MIT */
/*
 * failure.h: what stood in the way, and of what kind that is.
 *
 * Who meets it fills a struct failure and says nothing: the verb does, once,
 * and chooses the exit code (harness/cmd/failed.c).
 */
#ifndef SYS_FAILURE_H
#define SYS_FAILURE_H

#include <stdbool.h>

enum failure_kind {
	FAILURE_USAGE,	  /* of what was asked for */
	FAILURE_EVIDENCE, /* nothing can be told, though nothing is wrong */
	FAILURE_SYSTEM,
};

struct failure {
	enum failure_kind kind;
	bool alone;	 /* it is said without the verb that met it */
	char text[4608]; /* "object: reason": a path has room in it */
};

/* Fills F: what is a stranger's in it is fit to be shown. Returns -1, for the
 * caller to return. */
__attribute__((format(printf, 3, 4))) int failure_set(
	struct failure *f, enum failure_kind kind, const char *format, ...);

/* The same, of what is said without the verb: it names a file and a line, or is
 * the machine's. */
__attribute__((format(printf, 3, 4))) int failure_set_alone(
	struct failure *f, enum failure_kind kind, const char *format, ...);

/* Says "quartet: " and a line on standard error. What is a stranger's in it is
 * fit to be shown: a line of its own becomes \x0a. */
__attribute__((format(printf, 1, 2))) void failure_say(const char *format, ...);

#endif
