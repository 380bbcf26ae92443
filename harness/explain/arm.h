/* SPDX-License-Identifier: MIT */
/* arm.h: the moment. What cannot be done is said in seen->broken. */
#ifndef EXPLAIN_ARM_H
#define EXPLAIN_ARM_H

#include "explain/pass.h"

/* Its execve returns: the moment, or what leads to it. */
void pass_arm_exec(struct pass *pass, struct pass_task *task);
/* A syscall stop. */
void pass_arm_call(struct pass *pass, struct pass_task *task);
/* A SIGTRAP: true when it was a breakpoint of ours. */
bool pass_arm_trap(struct pass *pass, struct pass_task *task);
/* It stopped because it was asked to. */
void pass_arm_halt(struct pass *pass, struct pass_task *task);
/* Time went by. */
void pass_arm_tick(struct pass *pass);
/* Does a thread have to stop at its next system call? */
bool pass_arm_watches(const struct pass *pass, const struct pass_task *task);

#endif
