/* SPDX-License-Identifier: MIT */
/* read_kafel.h: what the reader of kafel's policies is made of. Pure. */
#ifndef PROFILE_READ_KAFEL_H
#define PROFILE_READ_KAFEL_H

#include "profile/narrow.h"
#include "profile/read_minijail.h"

#define KAFEL_WORD	64
#define KAFEL_NAMES	64   /* policies, and as many constants times four */
#define KAFEL_CHECKS	16   /* of one conjunction */
#define KAFEL_CLAUSES	1024 /* of one expression */
#define KAFEL_NESTING	16   /* of brackets, and of USE */
#define KAFEL_CONSTANTS 256

/* In a text: that of the file, or of the one that source N - 1 is. */
struct kafel_place {
	const char *at, *line_at, *end, *where;
	int line;
	unsigned source, file, level;
};

/* What an #include stands for, and the place behind it. */
struct kafel_source {
	char *text, path[POLICY_PATH];
	struct kafel_place back;
};

/* The names of a call's arguments, and how many bytes of each count. */
struct kafel_args {
	unsigned n;
	struct {
		char name[KAFEL_WORD];
		unsigned bytes;
	} of[PROFILE_ARGS];
};

struct kafel {
	struct policy r; /* the place, the profile, the rules in their order */
	bool dry;	 /* rules are read and not added */
	bool failed;	 /* where a blank was expected; R.ERR says why */
	unsigned level, uses;
	unsigned source, nsources, depth; /* of #include */
	struct kafel_source **sources;
	struct profile_error ignored; /* what comes of the first error */
	bool defaulted;
	size_t nconstants, npolicies;
	struct {
		char name[KAFEL_WORD];
		uint64_t value;
	} constants[KAFEL_CONSTANTS];
	struct {
		char name[KAFEL_WORD];
		struct kafel_place body;
	} policies[KAFEL_NAMES];
	struct kafel_args args; /* of the call at hand */
};

/* One of the conjunctions holds. free(list) ends it. */
struct kafel_clauses {
	unsigned n;
	struct kafel_clause {
		unsigned n;
		struct narrow list[KAFEL_CHECKS];
	} * list;
};

/*
 * Skips blanks and comments, enters what an #include names, and leaves it at
 * its end. The next character, '\0' at the end, and where that failed.
 */
char kafel_peek(struct kafel *k);

struct kafel_place kafel_here(const struct kafel *k);
void kafel_go(struct kafel *k, const struct kafel_place *to);

/* Behind #include: goes into the file that comes next. False: it failed. */
bool kafel_include(struct kafel *k);

/* At the end of a text: goes back, or into the next. False: it was the last. */
bool kafel_leave(struct kafel *k);

/* Nothing more is read. */
void kafel_stop(struct kafel *k);
void kafel_end_sources(struct kafel *k);

/* Takes TOKEN, or -1 and the error. */
int kafel_expect(struct kafel *k, const char *token);

/* Takes a rule for ACTION, and adds it. 0, or -1 and the error. */
int kafel_rule(struct kafel *k, uint32_t action);

/* Takes TOKEN when it comes next: of letters, when it is the whole word. */
bool kafel_take(struct kafel *k, const char *token);

/* Takes an identifier. 0, or -1 and the error, that WHAT was expected. */
int kafel_word(struct kafel *k, char word[KAFEL_WORD], const char *what);

/* Takes a number, or the name of a constant. 0, or -1 and the error. */
int kafel_number(struct kafel *k, uint64_t *value);

/* Takes an expression on the arguments of K->args. 0, or -1 and the error. */
int kafel_expr(struct kafel *k, struct kafel_clauses *c);

/* Fills K->args by what Linux calls the arguments of NAME, kafel's name of a
 * call, and CALL by the name that libseccomp has for it. False: no such call.
 */
bool kafel_call(struct kafel *k, const char *name, char call[KAFEL_WORD]);

bool kafel_is(const char *text, size_t size);

/*
 * Fills P, which is zero but for its names, by a policy of kafel's language as
 * kafel compiles it for this machine's architecture. 0, or -1 and ERR.
 */
int kafel_read(struct profile *p, const char *text, size_t size, bool files,
	struct profile_error *err);

#endif
