/* SPDX-License-Identifier: MIT */
/* needs.h: calls that programs need, and calls that give much. */
#ifndef LINT_NEEDS_H
#define LINT_NEEDS_H

#include "lint/find.h"

/* What programs need and do not get, and what they get. */
void lint_check_needs(struct linter *l);
void lint_check_rights(struct linter *l);

#endif
