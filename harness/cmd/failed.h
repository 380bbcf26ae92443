/* SPDX-License-Identifier: MIT */
/* failed.h: says what stood in the way. */
#ifndef CMD_FAILED_H
#define CMD_FAILED_H

#include "profile/error.h"
#include "sys/failure.h"

/* Says it on stderr. Returns the exit code for it. */
int cmd_failed(const char *verb, const struct failure *f);

/* Says "quartet: VERB: WHAT: WHY" on standard error. Returns CODE, for the
 * caller to return. */
int cmd_say(const char *verb, int code, const char *what, const char *why);

/* The same of standard input that is kept for more runs than one, and of the
 * negative errno that explain_stdio_open returned. */
int cmd_say_input(const char *verb, int err);

/* The same of command WHAT, which was not started to be traced, with a negative
 * errno: where nothing may be traced here, that is what is said. */
int cmd_say_start(const char *verb, const char *what, int err);

/* The same of what beside_path, or profile_shipped, returned. */
int cmd_say_beside(const char *verb, int err);

/* Can PATH be written, without anything being written yet? What is asked for
 * has effects: what stands in the way is said before. NULL can. 0, or an exit
 * code, and it is said. */
int cmd_check_output(const char *verb, const char *path);

/* The exit code for a profile that could not be had. */
int cmd_profile_code(const struct profile_error *err);

#endif
