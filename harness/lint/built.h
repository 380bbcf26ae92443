/* SPDX-License-Identifier: MIT */
/* built.h: whether libseccomp builds what the rules say. */
#ifndef LINT_BUILT_H
#define LINT_BUILT_H

#include "lint/find.h"

void lint_check_built(struct linter *l);

#endif
