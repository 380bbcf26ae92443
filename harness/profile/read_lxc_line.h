/* SPDX-License-Identifier: MIT */
/* read_lxc_line.h: a line of LXC's seccomp files, version 2. Pure code. */
#ifndef PROFILE_READ_LXC_LINE_H
#define PROFILE_READ_LXC_LINE_H

#include "profile/rules.h"

#define LXC_FORCE "reject_force_umount" /* which is no call */

/*
 * The action in TEXT, behind blanks, to ACTION, which stays when there is no
 * word. 0, or -1 and WHY.
 */
int lxc_action(const char *text, uint32_t *action, const char **why);

/*
 * Cuts LINE behind the name that it begins with, and fills the action and the
 * comparisons of RULE; the action stays when the line has none. 0, or the
 * column of what is wrong, and WHY.
 */
int lxc_line(char *line, struct profile_rule *rule, const char **why);

#endif
