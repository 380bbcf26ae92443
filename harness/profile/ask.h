/* SPDX-License-Identifier: MIT */
/*
 * ask.h: what a filter says to a call of which some arguments are not known,
 * and what decides it. Pure code.
 */
#ifndef PROFILE_ASK_H
#define PROFILE_ASK_H

#include "profile/graph.h"
#include "profile/meaning.h"

/* A call. Arguments that are not KNOWN may be any. */
struct ask_call {
	uint32_t arch; /* AUDIT_ARCH_* */
	int nr;	       /* with the x32 bit where there is one */
	bool known[PROFILE_ARGS];
	uint64_t args[PROFILE_ARGS];
	/* MASK not 0: of argument BITS.arg, which is not KNOWN, the lower half
	 * is VALUE under MASK. */
	struct {
		unsigned arg;
		uint32_t mask, value;
	} bits;
};

/* One verdict that it may meet. */
struct ask_answer {
	uint32_t verdict;
	struct seccomp_data data; /* such a call that meets it */
	size_t rule; /* that gives it, or SIZE_MAX: the default action, or that
		      * no rule is known */
};

#define ASK_ANSWERS 64

struct ask_answers {
	unsigned n;
	bool whole; /* there are no others */
	struct ask_answer list[ASK_ANSWERS];
};

/* A filter that is asked. */
struct asker {
	const struct filter *bpf;
	const struct meaning *m;
	struct graph g;
	uint32_t root;
	/* Numbers of which the same is left have the same answers. */
	uint32_t node;
	struct ask_answers last;
};

/*
 * For BPF, a checked filter. M, what the rules mean that it was built of, or
 * NULL, tells verdicts apart by rule. Both stay in use until ask_end. False:
 * out of memory.
 */
bool ask_begin(
	struct asker *k, const struct filter *bpf, const struct meaning *m);
void ask_end(struct asker *k);

/* Fills A with the verdicts that CALL may meet. */
void ask(struct asker *k, const struct ask_call *call, struct ask_answers *a);

/* "allow", "errno EPERM", "kill process". Returns TEXT. */
#define ASK_VERDICT 32
const char *ask_verdict(uint32_t verdict, char text[ASK_VERDICT]);

/* Whether the call is made: allowed, or logged and allowed. */
bool ask_lets_pass(uint32_t verdict);

/* The value of an argument as people write it: a number, a constant's name, or
 * several under '|', '~' and (). False, and why. */
bool ask_value(const char *text, uint64_t *value, struct profile_error *err);

#endif
