/* SPDX-License-Identifier: MIT */
/* lint_fix.h: `quartet lint --fix`. */
#ifndef CMD_LINT_FIX_H
#define CMD_LINT_FIX_H

#include "lint/fix.h"
#include "lint/lint.h"

struct lint_fix {
	uint32_t arch;
	enum lint_level level; /* what is repaired: this, and worse */
	const char *path;      /* NULL: standard output */
	/* Takes out what is not to be told of the file NAME. */
	void (*keep)(const void *context, const char *name, struct lint *l);
	const void *context;
};

/* Repairs the profile NAME, DIR being the folder of those that ship. An exit
 * code. */
int lint_fix(const struct lint_fix *o, const char *dir, const char *name);

/* Says of each call that a change of FIX names where its verdicts differ. */
void lint_fix_tell(const char *profile, const struct fix *fix,
	const struct filter *before, const struct filter *after);

#endif
