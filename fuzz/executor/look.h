/* SPDX-License-Identifier: MIT */
/* look.h: what /proc tells of an executor. */
#ifndef EXECUTOR_LOOK_H
#define EXECUTOR_LOOK_H

#include <sys/types.h>

#include "program/result.h"

/* Entries of /proc/PID/NAME; -1 when it cannot be read. */
int look_count(pid_t pid, const char *name);

/*
 * True when each of the PROGRAM_THREADS threads of PID, and the first one of
 * all if LEADER says so, sleeps and was not switched to while it was watched
 * (proc(5), State and ctxt_switches in /proc/PID/task/TID/status): what they
 * wait for did not come. False as soon as one runs, is runnable or is stopped.
 * One that is gone counts as asleep; a TID of 0, which is not known yet, does
 * not.
 */
bool look_asleep(pid_t pid, const int32_t *tids, bool leader);

/* The files stay open as long as the TIDS are the same. */
struct look_files {
	int32_t tids[PROGRAM_THREADS];
	int fds[PROGRAM_THREADS]; /* -1: none */
};

/* The state of a thread of PID's, as proc(5) has it for /proc/PID/stat; 0: it
 * is gone. FILES has it at place I. */
char look_state(struct look_files *files, pid_t pid, int32_t tid, int i);
void look_close(struct look_files *files);

/* How the leader of PID ended, as of waitpid(2), where other threads are left,
 * or nobody has waited yet (proc(5), /proc/pid/stat: exit_code; SIGSYS where it
 * is hidden); -1: it has not. */
int look_headless(pid_t pid);

/* State and kernel stack of the threads that R names, into R. */
void look_at_stuck(pid_t pid, struct result *r);

#endif
