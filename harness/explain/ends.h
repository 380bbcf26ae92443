/* SPDX-License-Identifier: MIT */
/* ends.h: what the ends of processes tell. */
#ifndef EXPLAIN_ENDS_H
#define EXPLAIN_ENDS_H

#include "explain/pass.h"

/* Process or thread PID is gone, with the status that waitpid(2) gave. */
void pass_note_end(struct pass *pass, pid_t pid, int status);
/* Once all have: where the command died costs no thread beside it. */
void pass_settle(struct pass *pass);

/* What the command leaves behind may have something to finish; then it goes. */
void pass_end_left(struct pass *pass);

#endif
