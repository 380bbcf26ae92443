/* SPDX-License-Identifier: MIT */
/* finding.h: the rules of lint, and what breaks them. */
#ifndef LINT_FINDING_H
#define LINT_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SARIF's words; a note is no reason to fail. */
enum lint_level {
	LINT_NOTE,
	LINT_WARNING,
	LINT_ERROR,
};

struct lint_rule {
	const char *id;
	enum lint_level level;
	const char *about; /* what is wrong, in one sentence */
	const char *fix;
	const char *cell; /* that shows it live; NULL: none does */
	const char *page; /* what tells of it */
};

struct rank;

#define LINT_RANKED 64

struct lint_finding {
	const struct lint_rule *rule;
	enum lint_level level; /* the rule's, or less: less is at stake */
	uint32_t arch;	       /* of the programs (AUDIT_ARCH_*) */
	/* What it is about, blanks between: calls, "CALL[0]" for an argument;
	 * empty: the filter as a whole. With rule and architecture it is the
	 * same finding when lines move. */
	char subjects[1024];
	char text[400];
	char file[256];	  /* empty: the profile, not what it includes */
	int line, column; /* 1-based; 1:1 when no line is to blame */
	unsigned nranked; /* the calls that pass, of a rule of lint/rank.h */
	const struct rank *ranked[LINT_RANKED];
};

struct lint {
	size_t n;
	bool lost; /* there were more findings than fit */
	struct lint_finding findings[128];
};

/* All rules, in the order of their findings. */
extern const struct lint_rule lint_rules[];
extern const size_t lint_nrules;

/* The rule of that id, or NULL. */
const struct lint_rule *lint_rule(const char *id);

const char *lint_level_name(enum lint_level level);

/* False: no level has that name. */
bool lint_level(const char *name, enum lint_level *level);

#endif
