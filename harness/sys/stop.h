/* SPDX-License-Identifier: MIT */
/* stop.h: stop a thread that is traced, and look at it. */
#ifndef SYS_STOP_H
#define SYS_STOP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Interrupts thread TID, which the caller has seized, and waits until something
 * comes of it, at most US microseconds. True, and *STATUS as of waitpid(2),
 * which is the caller's to deal with: another stop may come before the one that
 * was asked for, and so may the thread's end. False: there is no such thread,
 * or nothing came; its stop may come later.
 */
bool stop_thread(pid_t tid, uint64_t us, int *status);

/*
 * Is it in the stop that was asked for, or stopped by a signal as SIGSTOP? Any
 * other has to be taken for what it is and let go: one in PTRACE_EVENT_EXIT is
 * not woken by SIGKILL (ptrace(2)).
 */
bool stop_is_plain(int status);

#endif
