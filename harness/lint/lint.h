/* SPDX-License-Identifier: MIT */
/*
 * lint.h: what is wrong with a profile, by running its BPF on paper for every
 * call number on every way into the kernel. Pure code.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "profile/profile.h"

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

/*
 * Checks BPF, which profile_build made of P for programs of ARCH, and the rules
 * of P where P has some.
 */
void lint_profile(const struct profile *p, const struct filter *bpf,
	uint32_t arch, struct lint *out);

/* The findings as text, as JSON, and as SARIF 2.1.0; URI names the profile. */
void lint_print_text(FILE *to, const char *uri, const struct lint *l);
void lint_print_json(FILE *to, const char *uri, const struct lint *l);
void lint_print_sarif(FILE *to, const char *uri, const struct lint *l);

#endif
