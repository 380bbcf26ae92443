/* SPDX-License-Identifier: MIT */
/* finding.h: the rules of lint, and what breaks them. */
#ifndef LINT_FINDING_H
#define LINT_FINDING_H

#include <stdbool.h>
#include <stddef.h>

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
	const char *cell; /* the cell that shows it live */
};

struct lint_finding {
	const struct lint_rule *rule;
	char text[400];
	int line, column; /* 1-based; 1:1 when no line is to blame */
};

struct lint {
	size_t n;
	bool lost; /* there were more findings than fit */
	struct lint_finding findings[128];
};

/* All rules, in the order of their findings. */
extern const struct lint_rule lint_rules[];
extern const size_t lint_nrules;

const char *lint_level_name(enum lint_level level);

#endif
