/* SPDX-License-Identifier: MIT */
/* failed.h: says what stood in the way. */
#ifndef CMD_FAILED_H
#define CMD_FAILED_H

#include "sys/failure.h"

/* Says it on stderr. Returns the exit code for it. */
int cmd_failed(const char *verb, const struct failure *f);

/* Says "quartet: VERB: WHAT: WHY" on standard error. Returns CODE, for the
 * caller to return. */
int cmd_say(const char *verb, int code, const char *what, const char *why);

#endif
