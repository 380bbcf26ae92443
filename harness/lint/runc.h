/* SPDX-License-Identifier: MIT */
/* runc.h: what runc puts before a profile's filter. Pure. */
#ifndef LINT_RUNC_H
#define LINT_RUNC_H

#include "lint/find.h"

/* Whether runc answers CALL itself, with ENOSYS. */
bool runc_answers(const struct linter *l, const char *call);

#endif
