/* SPDX-License-Identifier: MIT */
/* who.h: threads and processes of a hang, by name. */
#ifndef EXPLAIN_WHO_H
#define EXPLAIN_WHO_H

#include "explain/owner.h"
#include "sys/text.h"

/* "process 1 (NAME)" */
void who_process(struct text *t, int process, const char *comm);

/* "the main thread of process 1", "thread 2"; by TID where THREAD is below 0.
 */
void who_number(struct text *t, int process, int thread, pid_t tid);

/* Thread I of the hang. */
void who_thread(struct text *t, const struct explain_look *l, int i);

#endif
