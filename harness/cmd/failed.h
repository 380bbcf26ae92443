/* SPDX-License-Identifier: MIT */
/* failed.h: says what stood in the way. */
#ifndef CMD_FAILED_H
#define CMD_FAILED_H

#include "sys/failure.h"

/* Says it on stderr. Returns the exit code for it. */
int cmd_failed(const char *verb, const struct failure *f);

#endif
