/* SPDX-License-Identifier: MIT */
/* explain_repeat.h: `quartet explain --repeat`. */
#ifndef CMD_EXPLAIN_REPEAT_H
#define CMD_EXPLAIN_REPEAT_H

#include "explain/repeat.h"

/* Makes the runs, and reports to FILE, or standard error where that is NULL.
 * Returns an exit code. */
int cmd_explain_repeat(struct repeat_plan *p, const char *file, bool json);

/* Beside options.h's OPTION_REPEAT, and j, C, K as short ones. */
enum { OPTION_UNTIL_NEW = 1000 };

/* 1: taken, 0: it is another option, -1: wrong, and it was said. */
int cmd_take_repeat(int option, struct repeat_plan *p);

/* What means many runs, without them; and what they do not go with. 0, or -1
 * and said. */
int cmd_check_repeat(struct repeat_plan *p, bool untraced, bool verbose);

#endif
