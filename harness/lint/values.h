/* SPDX-License-Identifier: MIT */
/* values.h: what arguments are compared with, beside what they are. */
#ifndef LINT_VALUES_H
#define LINT_VALUES_H

#include "lint/find.h"

void lint_check_values(struct linter *l);

#endif
