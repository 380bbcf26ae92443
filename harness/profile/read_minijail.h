/* SPDX-License-Identifier: MIT */
/* read_minijail.h: what the reader of minijail policies is made of. */
#ifndef PROFILE_READ_MINIJAIL_H
#define PROFILE_READ_MINIJAIL_H

#include "profile/rules.h"

#define POLICY_CLAUSES 4096 /* of one expression */
#define POLICY_CHECKS  16   /* of one clause */
#define POLICY_PATH    512

/* Where the reader is; a newline ends a statement, "\" before it does not. */
struct policy {
	struct profile *p;
	struct profile_error *err;
	const char *where; /* the file, for messages and what it includes */
	const char *at, *end, *line_at;
	int line;
	bool files;	    /* @include may open some */
	bool deny;	    /* @denylist */
	unsigned *included; /* files so far */
	unsigned level;	    /* of @include, 0 outside */
	unsigned file;	    /* its number in P, 0 outside */
	struct policy_expr *expr;
};

/* Comparisons that must all hold. */
struct policy_clause {
	unsigned n;
	struct scmp_arg_cmp args[POLICY_CHECKS];
};

/* An expression: one of its clauses must hold. free(clauses) ends it. */
struct policy_expr {
	unsigned n;
	struct policy_clause *clauses;
};

/* Fills the error with the place of the next character. -1. */
__attribute__((format(printf, 2, 3))) int policy_fail(
	struct policy *r, const char *format, ...);

/* Skips blanks and comments; the next character, '\n' at the end. */
char policy_peek(struct policy *r);

/* Takes TOKEN when it comes next. */
bool policy_take(struct policy *r, const char *token);

/* Takes a word: letters, digits, '_', and '-' and '@' behind the first. 0, or
 * -1 and the error, which says that WHAT was expected. */
int policy_word(struct policy *r, char *word, size_t size, const char *what);

/* Takes a number, a constant's name, or several under '|', '~' and (). */
int policy_value(struct policy *r, uint64_t *value);

/* The value that the whole of TEXT is. False, and why. */
bool policy_value_of(
	const char *text, uint64_t *value, struct profile_error *err);

/* Takes "arg0 == 1 && ... || ...". 0, or -1 and the error. */
int policy_expr(struct policy *r, struct policy_expr *e);

/*
 * Opens the file that NAME, behind @include in WHERE, stands for: from the
 * folder of WHERE, or, when it begins with a slash, below the folders of
 * profile_include, then as it is. PATH is what it was found as. Its descriptor,
 * or a negative errno: -EPERM for what a stranger's policy must not reach.
 */
int policy_open(const char *where, const char *name, char *path, size_t size);

/* The contents of the file that NAME stands for, for the caller to free; NULL
 * and the error. */
char *policy_find(struct policy *r, const char *name, char path[POLICY_PATH],
	size_t *size);

/* Reads what @include names, R being behind that word. 0, or -1 and the error.
 */
int policy_include(struct policy *r);

/* Reads statements to the end of the text. 0, or -1 and the error. */
int policy_lines(struct policy *r);

/* Adds the rule, unless it says nothing new. 0, or -1 and the error. */
int policy_add(struct policy *r, const struct profile_rule *rule);

/* Ends what policy_add began, once @default is known. 0, or -1 and the error.
 */
int policy_settle(struct policy *r);

/* Reads a whole policy. 0, or -1 and the error. */
int policy_read(struct profile *p, const char *text, size_t size, bool files,
	struct profile_error *err);

#endif
