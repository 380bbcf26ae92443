/* SPDX-License-Identifier: MIT */
/* explain_repeat.h: `quartet explain --repeat`. */
#ifndef CMD_EXPLAIN_REPEAT_H
#define CMD_EXPLAIN_REPEAT_H

#include "explain/repeat.h"

/* Makes the runs, and reports to FILE, or standard error where that is NULL.
 * Returns an exit code. */
int cmd_explain_repeat(struct repeat_plan *p, const char *file, bool json);

#endif
