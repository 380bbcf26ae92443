/* SPDX-License-Identifier: MIT */
/* args.h: what looks at arguments, and rules that change nothing. */
#ifndef LINT_ARGS_H
#define LINT_ARGS_H

#include "lint/find.h"

void lint_check_arguments(struct linter *l);
void lint_check_rules(struct linter *l);

#endif
