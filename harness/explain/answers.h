/* SPDX-License-Identifier: MIT */
/* answers.h: calls that got EACCES or EPERM, and not from a filter of ours. */
#ifndef EXPLAIN_ANSWERS_H
#define EXPLAIN_ANSWERS_H

#include "explain/pass.h"

/* TASK stops at a call, or at its return: plan->answers asks for that. */
void answers_note(struct pass *pass, const struct pass_task *task);

#endif
