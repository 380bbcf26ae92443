/* SPDX-License-Identifier: MIT */
/* open.h: the descriptors that a process has open when it ends. */
#ifndef EXPLAIN_OPEN_H
#define EXPLAIN_OPEN_H

#include "explain/pass.h"

/* TASK stands at its exit, before its files are closed. Of the threads of a
 * process the last one counts. */
void pass_note_open(struct pass *pass, const struct pass_task *task);

#endif
