/* SPDX-License-Identifier: MIT */
/* profile_int.h: a parsed profile, between its reader and its builder. */
#ifndef PROFILE_INT_H
#define PROFILE_INT_H

#include <seccomp.h>
#include <stdbool.h>

#include "profile.h"

#define PROFILE_ARGS 6 /* seccomp_data.args */

/* One name of one entry of "syscalls". */
struct profile_rule {
	char name[64];
	uint32_t action; /* SCMP_ACT_* */
	unsigned nargs;
	struct scmp_arg_cmp args[PROFILE_ARGS];
	int line, column; /* of the name */
};

struct profile {
	char name[64];
	char where[256]; /* the name that messages begin with */
	enum profile_mode mode;
	uint32_t default_action;
	uint32_t flags;
	unsigned narches;
	uint32_t arches[16]; /* SCMP_ARCH_* */
	size_t nrules;
	struct profile_rule *rules;
	size_t ninsns; /* not 0: the file was BPF, and there are no rules */
	struct sock_filter *insns;
};

/* Whether DATA is raw BPF: text has no NUL among its first two bytes. */
bool profile_is_raw(const char *data, size_t size);

/* Fills the instructions of P. 0, or -1 and ERR. */
int profile_read_raw(struct profile *p, const char *data, size_t size,
	struct profile_error *err);

enum profile_words {
	WORDS_ACTIONS, /* without errno or trace data */
	WORDS_OPERATORS,
	WORDS_FLAGS,
	WORDS_ARCHES,
};

/* The OCI name of VALUE. It has one: the reader took no other. */
const char *profile_word(enum profile_words what, uint32_t value);

#endif
