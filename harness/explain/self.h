/* SPDX-License-Identifier: MIT */
/* self.h: filters that the program loads itself. */
#ifndef EXPLAIN_SELF_H
#define EXPLAIN_SELF_H

struct __ptrace_syscall_info;

#include "explain/pass.h"

/*
 * TASK is about to make the call INFO of those that are watched. True when it
 * asks what our filter changes, or shuts its privileges itself: then it is
 * answered, or let go, as without us.
 */
bool pass_self_asked(struct pass *pass, struct pass_task *task,
	const struct __ptrace_syscall_info *info);

/* TASK is about to make the call INFO, which may load one. */
void pass_self_load(struct pass *pass, struct pass_task *task,
	const struct __ptrace_syscall_info *info);
/* The call returns: TASK has a patch. */
void pass_self_loaded(struct pass *pass, struct pass_task *task);

#endif
