/* SPDX-License-Identifier: MIT */
/* refusal.h: what a stopped thread tells of a refusal. */
#ifndef EXPLAIN_REFUSAL_H
#define EXPLAIN_REFUSAL_H

#include <linux/seccomp.h>

struct __ptrace_syscall_info;

#include "explain/pass.h"

/* TASK is about to make the call INFO: who it starts is to be traced too. */
void pass_keep_traced(struct pass *pass, const struct pass_task *task,
	const struct __ptrace_syscall_info *info);

/* The call that TID is about to make is not made, and returns VALUE. */
void pass_answer(pid_t tid, long value);

/* A filter of ours, or of nobody, tells of the call INFO. True when the call
 * is made all the same. */
bool pass_on_refusal(struct pass *pass, const struct pass_task *task,
	const struct __ptrace_syscall_info *info);

void pass_on_exit(struct pass *pass, const struct pass_task *task);
void pass_on_notif(struct pass *pass, const struct seccomp_notif *n);
void pass_on_signal(struct pass *pass, const struct pass_task *task, int sig);

#endif
