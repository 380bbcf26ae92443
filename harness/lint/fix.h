/* SPDX-License-Identifier: MIT */
/*
 * fix.h: repairs a profile as findings of lint say, and proves that nothing
 * else changed. Pure.
 */
#ifndef LINT_FIX_H
#define LINT_FIX_H

#include "lint/finding.h"
#include "profile/rules.h"

#define FIX_CHANGES 128

/* What a change does to the calls that it is about. */
enum fix_effect {
	FIX_SAYS, /* they are refused in another way, or nothing changes */
	FIX_OPENS,
	FIX_SHUTS,
};

struct fix_change {
	const struct lint_rule *rule;
	enum fix_effect effect;
	char call[64]; /* empty: each call that meets FROM */
	uint32_t from; /* the verdict there, which becomes TO */
	uint32_t to;
	/* Nothing else of the call may change than where ARG has some of MASK's
	 * bits, or all; 0: it may be any. */
	unsigned arg;
	uint64_t mask;
	bool all;
	char text[160]; /* what was done */
};

struct fix {
	size_t n;
	struct fix_change list[FIX_CHANGES];
};

/*
 * Changes the rules of P for F, which lint found for programs of ARCH with BPF,
 * built of P. Adds what was done to FIX, once for P and its like: NULL adds
 * nothing. Whether P was changed; false for what has no repair.
 */
bool fix_finding(struct profile *p, const struct filter *bpf, uint32_t arch,
	const struct lint_finding *f, struct fix *fix);

/*
 * Whether the verdicts of BEFORE and AFTER differ in nothing but what FIX says:
 * nothing is open that was shut, and so on, of all calls and arguments,
 * followed to every end. When not, WHY.
 */
bool fix_prove(const struct filter *before, const struct filter *after,
	const struct fix *fix, char *why, size_t size);

/* fix_cubes.c: the numbers of BITS bits that CMP takes, as comparisons under
 * masks, at most 32; 0: it stays as it is. OPENS: the rule lets pass. */
size_t fix_cubes(const struct scmp_arg_cmp *cmp, unsigned bits, bool opens,
	struct scmp_arg_cmp *out);

/* The same for a set of flags. */
size_t fix_flags(
	const struct scmp_arg_cmp *cmp, bool opens, struct scmp_arg_cmp *out);

#define FIX_CUBES 32

#endif
