/* SPDX-License-Identifier: MIT */
/* alarm.h: until when a process's ITIMER_REAL may fire. */
#ifndef EXPLAIN_ALARM_H
#define EXPLAIN_ALARM_H

#include "explain/pass.h"

/* TASK is about to make a call, which may be one that sets it. */
struct __ptrace_syscall_info;
void pass_alarm_note(
	const struct pass_task *task, const struct __ptrace_syscall_info *info);

/* Asks the process of TASK, stopped as for inject_call. False: not known. */
bool pass_alarm_ask(struct pass_task *task);

/* A process whose timer may fire; NULL: none, of those that were seen. */
const struct pass_process *pass_alarm_next(const struct pass *pass);

#endif
