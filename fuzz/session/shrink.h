/* SPDX-License-Identifier: MIT */
/* shrink.h: makes a program that breaks an oracle as small as it can be. */
#ifndef SESSION_SHRINK_H
#define SESSION_SHRINK_H

#include "oracle/check.h"

/* True when the program still breaks what it has to break. */
typedef bool shrink_test(const struct program *p, void *arg);

/*
 * Shrinks P while TEST holds: no thread, step or word can then be left out, and
 * no argument made plainer. TEST is asked of P itself first. Returns how often
 * it was asked; 0 when P does not pass it. Pure but for TEST.
 */
int shrink(struct program *p, shrink_test *test, void *arg);

/*
 * The same with a checker: what has to break is ORACLE, at least once in so
 * many runs as P itself shows to be needed. Returns the number of programs
 * tried, 0 when P did not break it in 200 runs, or a negative errno. After 20 s
 * it is content with what it has.
 */
int shrink_program(struct checker *c, struct program *p, const char *oracle);

#endif
