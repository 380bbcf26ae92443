/* SPDX-License-Identifier: MIT */
/* programs.h: what is wrong for all programs that a profile is for. */
#ifndef LINT_PROGRAMS_H
#define LINT_PROGRAMS_H

#include "lint/lint.h"

/*
 * Builds P for programs of ARCH, and for this machine's other programs where P
 * lists both, and checks what it built. What is wrong for the others alone
 * begins with their name. Sorted: errors first, then by line. 0, or -1 and ERR.
 */
int lint_programs(const struct profile *p, uint32_t arch, struct lint *out,
	struct profile_error *err);

#endif
