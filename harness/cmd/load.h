/* SPDX-License-Identifier: MIT */
/* load.h: the profile that a verb was given. */
#ifndef CMD_LOAD_H
#define CMD_LOAD_H

#include "profile/profile.h"

/* NAME as profile_load takes it. 0 and *P, which the caller frees; or an exit
 * code, and it is said. */
int cmd_load(const char *verb, const char *name, struct profile **p);

#endif
