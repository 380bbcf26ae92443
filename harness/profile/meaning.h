/* SPDX-License-Identifier: MIT */
/*
 * meaning.h: what the rules of a profile say, apart from any filter that is
 * built of them. By seccomp_rule_add(3): all comparisons of a rule must hold;
 * rules are a union, and one without comparisons takes the place of those that
 * have some. Of several without, libseccomp keeps the first (db_rule_add in
 * its src/db.c). It promises nothing where rules with several actions take one
 * call: its tree has them by argument, operator and value (_db_chain_lt), not
 * by when they came. There each of those actions is right.
 *
 * A rule whose action is the default one says nothing: seccomp_rule_add(3)
 * refuses it, and runtimes leave it out. Pure code.
 */
#ifndef PROFILE_MEANING_H
#define PROFILE_MEANING_H

#include "profile/rules.h"

/* A rule, for one number of one way into the kernel. */
struct meant_rule {
	uint32_t nr, action;
	unsigned nargs;
	struct scmp_arg_cmp args[PROFILE_ARGS + 1];
	size_t rule; /* its index in the profile */
};

/* The calls of an architecture with numbers from FIRST to LAST. */
struct meant_way {
	uint32_t arch, first, last;
	uint32_t other; /* the verdict where no rule says one */
	bool halves;	/* of each argument the lower half is looked at */
	size_t n;
	struct meant_rule *rules; /* by number, then in the profile's order */
};

#define MEANING_WAYS 32

struct meaning {
	uint32_t foreign; /* what an architecture of no way meets */
	unsigned n;
	struct meant_way ways[MEANING_WAYS];
};

/*
 * What P, which has rules, says to programs of ARCH. False: out of memory.
 * meaning_free ends both.
 */
bool meaning_read(struct meaning *m, const struct profile *p, uint32_t arch);
void meaning_free(struct meaning *m);

/* The way that a call takes; NULL: an architecture of no way. */
const struct meant_way *meaning_way(
	const struct meaning *m, const struct seccomp_data *data);

/* The rules for NR: how many, from *FIRST on. */
size_t meaning_rules(const struct meant_way *w, uint32_t nr,
	const struct meant_rule **first);

/* Whether VALUE passes CMP, alone: of a masked one libseccomp masks both. */
bool meaning_holds(const struct scmp_arg_cmp *cmp, uint64_t value);

/* Whether the rule has no comparison that can fail; whether it takes DATA. */
bool meaning_is_for_all(const struct meant_way *w, const struct meant_rule *r);
bool meaning_takes(const struct meant_way *w, const struct meant_rule *r,
	const struct seccomp_data *data);

/* The rule that gives VERDICT to a call; NULL: none does. */
const struct meant_rule *meaning_rule(const struct meaning *m,
	const struct seccomp_data *data, uint32_t verdict);

/* A verdict that is right for a call; and whether VERDICT is. */
uint32_t meaning_verdict(
	const struct meaning *m, const struct seccomp_data *data);
bool meaning_is(const struct meaning *m, const struct seccomp_data *data,
	uint32_t verdict);

#endif
