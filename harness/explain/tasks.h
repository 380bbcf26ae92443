/* SPDX-License-Identifier: MIT */
/* tasks.h: who there is in a pass, and what all its parts need of it. */
#ifndef EXPLAIN_TASKS_H
#define EXPLAIN_TASKS_H

#include "explain/pass.h"

struct pass_task *pass_find(struct pass *pass, pid_t tid);
struct pass_task *pass_add(struct pass *pass, pid_t tid);
void pass_drop(struct pass *pass, pid_t tid);
/* At an exec: the thread TID goes on alone, under the leader's number. */
void pass_exec(struct pass *pass, struct pass_task *task, pid_t old);
/* Is it one thread of one process that lives? */
bool pass_is_alone(const struct pass *pass, const struct pass_task *task);
/* The processes that live, at most MAX; how many, or -1: more. */
int pass_pids(const struct pass *pass, pid_t *pids, int max);
/* Looks again at which program the process runs. */
void pass_look_again(struct pass_process *p);
void pass_kill_all(struct pass *pass);
void pass_free(struct pass *pass);

/* Keeps a filter; returns its place in pass->filters, or -1. */
int pass_keep_filter(struct pass *pass, const struct filter *bpf);

/* Says in seen->broken, once, why the pass says nothing, and ends it. */
__attribute__((format(printf, 2, 3))) void pass_broken(
	struct pass *pass, const char *format, ...);

#endif
