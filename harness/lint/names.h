/* SPDX-License-Identifier: MIT */
/* names.h: rules for calls that this libseccomp has no name for. */
#ifndef LINT_NAMES_H
#define LINT_NAMES_H

#include "lint/find.h"

void lint_check_names(struct linter *l);

#endif
