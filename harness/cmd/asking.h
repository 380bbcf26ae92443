/* SPDX-License-Identifier: MIT */
/* asking.h: the questions of `quartet ask`, and their answers in print. */
#ifndef CMD_ASKING_H
#define CMD_ASKING_H

#include <stdio.h>

#include "cmd/ways.h"
#include "profile/ask.h"

#define QUESTION_WORD 96

/* A call as somebody wrote it. */
struct question {
	char name[64]; /* or its number */
	unsigned n;
	char words[PROFILE_ARGS][QUESTION_WORD]; /* "*": any */
	bool known[PROFILE_ARGS];
	uint64_t args[PROFILE_ARGS];
};

/* Adds an argument. 0, or -1 and WHY. */
int question_add(
	struct question *q, const char *word, struct profile_error *why);

/*
 * Fills Q from a line: a call and its arguments with blanks between them, or
 * what strace(1) prints, where what cannot be told may be any. 1; 0: there is
 * no call in it; -1 and WHY.
 */
int question_read(
	struct question *q, const char *line, struct profile_error *why);

/* What is asked. M: NULL without rules. */
struct asking {
	const struct profile *p;
	const struct filter *bpf;
	const struct meaning *m;
	struct asker *k;
	bool json, cost, measure;
};

void ask_print(const struct asking *a, const struct way *way,
	const struct question *q, const struct ask_call *call,
	const struct ask_answers *answers);

/* A line of the table of all calls. */
void ask_print_row(const struct asking *a, const struct ask_call *call,
	const char *name, const struct ask_answers *answers);

#endif
