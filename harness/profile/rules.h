/* SPDX-License-Identifier: MIT */
/* rules.h: a parsed profile, between its reader and its builder. */
#ifndef PROFILE_RULES_H
#define PROFILE_RULES_H

#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>

#include "profile/error.h"
#include "sys/bpf.h"

#define PROFILE_ARGS 6 /* seccomp_data.args */

/* One name of one entry of "syscalls". */
struct profile_rule {
	char name[64];
	uint32_t action; /* SCMP_ACT_* */
	unsigned nargs;
	struct scmp_arg_cmp args[PROFILE_ARGS];
	const char *comment; /* for the reader of a JSON file; NULL: none */
	int line, column;    /* of the name */
	unsigned file;	     /* of P->files, from 1; 0: P->where */
	uint8_t priority; /* libseccomp asks for its call before lower ones */
};

/* A line and a column, from 1; 0: nothing in the file says it. */
struct profile_place {
	int line, column;
};

/* Forms that can be written. */
enum profile_form { PROFILE_OTHER, PROFILE_JSON, PROFILE_POLICY, PROFILE_UNIT };

struct profile {
	char name[64];
	enum profile_form form;
	char where[256]; /* the name that messages begin with */
	enum filter_mode mode;
	uint32_t default_action;
	uint32_t flags;
	unsigned narches;
	uint32_t arches[16]; /* SCMP_ARCH_*, each once */
	struct profile_place of_default, of_arches, of_flags;
	/* Numbers with the x32 bit meet the default action, whatever the rules,
	 * as in a minijail policy. libseccomp's filters kill for them. */
	bool x32_default;
	/* A call that an architecture has by the way of another alone, as x86
	 * had socket by socketcall, is none there, as LXC has it. */
	bool exact;
	uint32_t foreign; /* what calls of other architectures meet */
	size_t nrules;
	struct profile_rule *rules;
	bool plain;   /* built by libseccomp, right or not */
	bool silent;  /* how it is built is told elsewhere */
	bool tree;    /* libseccomp looks for a number in a binary tree */
	bool by_name; /* for runtimes, which build it by name: JSON */
	size_t nleft; /* what profile_leave_out took */
	struct profile_rule *left;
	size_t ninsns; /* not 0: the file was BPF, and there are no rules */
	struct sock_filter *insns;
	unsigned nfiles; /* that the file includes */
	char **files;
};

/* The file that RULE of P stands in. */
const char *profile_rule_file(
	const struct profile *p, const struct profile_rule *rule);

/* Takes a copy of NAME among the files of P. Its number, or 0: no memory. */
unsigned profile_add_file(struct profile *p, const char *name);

/*
 * The contents of a file, "-" being standard input, for the caller to free.
 * What can be read once only, as a pipe, is kept: who asks again gets the same.
 * NULL, and WHY.
 */
char *profile_read_file(const char *path, size_t *size, const char **why);

/* Whether NAME is of a process; fills P with the filter that is on it. 0, or -1
 * and ERR. */
bool profile_is_pid(const char *name);
int profile_read_pid(
	struct profile *p, const char *name, struct profile_error *err);

/* Whether DATA is raw BPF: text has no NUL among its first two bytes. */
bool profile_is_raw(const char *data, size_t size);

/* Fills the instructions of P. 0, or -1 and ERR. */
int profile_read_raw(struct profile *p, const char *data, size_t size,
	struct profile_error *err);

/* Whether libseccomp knows the call, or x86-64 has it. */
bool profile_knows_call(const char *name);

/*
 * Whether NAME begins as those of profile_without do; fills P, which is zero
 * but for its names, by such a NAME. 0, or -1 and ERR.
 */
bool profile_is_without(const char *name);
int profile_without(
	struct profile *p, const char *name, struct profile_error *err);

/* The number of NAME where libseccomp has no such name: this machine's headers
 * may have it, or it is digits. -1: none. */
int profile_number(uint32_t arch, const char *name);

/* Adds ARCH, SCMP_ARCH_*, unless it is there. False: there is no room. */
bool profile_add_arch(struct profile *p, uint32_t arch);

/* Appends a copy of RULE. 0 or -ENOMEM. */
int profile_add_rule(struct profile *p, const struct profile_rule *rule);

/*
 * Takes out of the rules of P those whose call libseccomp has no name for, on
 * no architecture, as container runtimes do: their calls meet the default
 * action. 0, or -1 and ERR.
 */
int profile_leave_out(struct profile *p, struct profile_error *err);

/*
 * What tells rules that say again what the last one with their call and
 * comparisons said: profile_once is false for rule INDEX when it is one. NULL:
 * no memory. free() ends it.
 */
struct profile_once;
struct profile_once *profile_once_new(const struct profile *p);
bool profile_once(struct profile_once *o, size_t index);

/* Names on standard error what was left out: one line, once for each file. */
void profile_say_left(const struct profile *p);

/* Whether this was asked of WHAT before, as a run builds a profile once for
 * each architecture. */
bool profile_said(const char *what);

/*
 * What libseccomp alone makes of a profile, right or not; BARE: without the
 * rules that compare arguments. 0, or -1 and ERR. The second makes the same in
 * a process of its own where libseccomp may crash or never come to an end: that
 * it did is 1.
 */
int profile_build_plain(const struct profile *p, uint32_t arch, bool bare,
	struct filter *out, struct profile_error *err);
int profile_build_apart(const struct profile *p, uint32_t arch,
	struct filter *out, struct profile_error *err);

/*
 * Compares OUT, which profile_build_apart made of P, with its rules, and puts
 * what they say in front of it where it says something else; standard error
 * tells, once for a file. STUCK: there is no OUT, libseccomp made none. 0, or
 * -1 and ERR.
 */
int profile_make_right(const struct profile *p, uint32_t arch, bool stuck,
	struct filter *out, struct profile_error *err);

/*
 * Whether the kernel does the same by A, built of P, and by B: every number of
 * every architecture that has calls, whatever the arguments; of filters that
 * compute with these, numbers below 1,024 at the edges of what they compare
 * with. When not, *BAD is a call that they differ in.
 */
bool profile_same(const struct profile *p, const struct filter *a,
	const struct filter *b, struct seccomp_data *bad);

/*
 * Fills ERR: what stands AT cannot be written, WHY; of the call NAME, unless
 * that is NULL. -1.
 */
int profile_refuse(const struct profile *p, struct profile_place at,
	const char *name, const char *why, struct profile_error *err);
int profile_refuse_rule(const struct profile *p,
	const struct profile_rule *rule, const char *why,
	struct profile_error *err);

/* Whether ACTION kills; whether numbers with the x32 bit do not die, on x86-64.
 */
bool profile_kills(uint32_t action);
bool profile_x32_lives(const struct profile *p);

/*
 * P, but that calls of other architectures, and with the x32 bit, which die in
 * both, die as in Q: thread or process. Few forms have words for which it is.
 * Standard error tells of the first, once.
 */
struct profile profile_dying_alike(
	const struct profile *p, const struct profile *q);

/* That P has rules; that libseccomp can say them. 0, or -1 and ERR. */
int profile_check_rules(const struct profile *p, struct profile_error *err);
int profile_check_x32(const struct profile *p, struct profile_error *err);

enum profile_words {
	WORDS_ACTIONS, /* without errno or trace data */
	WORDS_OPERATORS,
	WORDS_FLAGS,
	WORDS_ARCHES,
};

/* The OCI name of VALUE. It has one: the reader took no other. */
const char *profile_word(enum profile_words what, uint32_t value);

/* The value that WORD names. False: none. */
bool profile_value(enum profile_words what, const char *word, uint32_t *value);

#endif
