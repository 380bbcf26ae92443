/* SPDX-License-Identifier: MIT */
/* proc.h: the few numbers that a tracer reads from /proc. */
#ifndef PROC_H
#define PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The number behind "KEY:" in /proc/TID/status, or -1. */
long proc_status(pid_t tid, const char *key);

/* The state letter of thread TID of process PID, 0 when it is gone. */
char proc_state(pid_t pid, pid_t tid);

/* Processor time that process PID used, all threads, in microseconds. */
long proc_cpu_us(pid_t pid);

/*
 * The living descendants of process PID, at most MAX; returns their number.
 * Needs CONFIG_PROC_CHILDREN.
 */
int proc_children(pid_t pid, pid_t *pids, int max);

/*
 * Has a child or a tracee of ours stopped or ended that was not waited for? A
 * dead process tells its parent only when the tracer has reaped it
 * (kernel/exit.c, exit_notify): a SIGCHLD may still come that way.
 */
bool proc_news(void);

#endif
