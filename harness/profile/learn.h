/* SPDX-License-Identifier: MIT */
/*
 * learn.h: a profile from evidence of many runs and machines: which calls were
 * made, by whom, what for. What is read is a stranger's.
 */
#ifndef PROFILE_LEARN_H
#define PROFILE_LEARN_H

#include <stdbool.h>
#include <stdint.h>

#include "profile/rules.h"

#define LEARNED	    1000
#define LEARNED_WHO 3

/* One rule. */
struct learned_call {
	struct profile_rule rule;
	unsigned long count; /* times that it was seen; 0: a profile has it */
	unsigned nwho;	     /* programs, the first of which are named */
	char who[LEARNED_WHO][32];
	char need[64];	   /* what for, where a record tells; may be empty */
	char comment[200]; /* all of that, for the profile */
};

/* Zeroed, it has learned nothing. */
struct learned {
	unsigned n;
	struct learned_call calls[LEARNED];
	unsigned long lines;   /* that told of a call */
	unsigned long unknown; /* ... that has no name here */
	char first_unknown[32];
	bool compat; /* programs of i386 were seen */
	bool full;
};

/*
 * Adds what the file at PATH tells ("-": standard input): records of `explain
 * --json`, the output of strace, lines of the audit log or the kernel's log of
 * type SECCOMP or 1326, whatever became of the call; or a profile, of which it
 * takes what that allows. DIR: where profiles are that go by a name. How many
 * calls it told of, or -1 and ERR.
 */
long learn_file(struct learned *l, const char *dir, const char *path,
	struct profile_error *err);

/* Adds what the SIZE bytes of TEXT tell, and a NUL is behind them: 0, or -1 and
 * ERR, which names PATH; 1: they are JSON that may be a profile, and nothing is
 * added. May change TEXT. */
int learn_text(struct learned *l, const char *path, char *text, size_t size,
	struct profile_error *err);

/* Adds what one line tells that is none of JSON. True: it told of a call. */
bool learn_line(struct learned *l, const char *line);

/* The profile that allows it, and refuses the rest with ACTION; its comments
 * are L's. NULL: no memory. */
struct profile *learn_build(struct learned *l, uint32_t action);

#endif
