/* SPDX-License-Identifier: MIT */
/* pid.h: a process that hangs already. */
#ifndef EXPLAIN_PID_H
#define EXPLAIN_PID_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "sys/failure.h"

/*
 * Writes to TO what each thread of process PID, and of its children, waits for,
 * as text or as one JSON object and a newline.
 * Nobody is stopped and nobody is attached to. Returns 1 when nobody can wake
 * them as far as can be seen, 0 when somebody runs or may be woken; -1 when F
 * tells what stands in the way.
 */
int explain_pid(pid_t pid, bool json, FILE *to, struct failure *f);

#endif
