/* SPDX-License-Identifier: MIT */
/*
 * inject.h: make a stopped thread of another program perform system calls, to
 * load a filter into it without its help.
 *
 * The thread must be in a ptrace stop from which its registers may be changed:
 * a syscall-exit stop, a signal-delivery stop, or a PTRACE_INTERRUPT stop
 * outside of a call; not PTRACE_EVENT_EXEC itself, where the return of execve
 * still overwrites the result register. No byte of its code is changed: the
 * instruction is found in its vDSO. Other threads of it may run meanwhile.
 */
#ifndef SYS_INJECT_H
#define SYS_INJECT_H

#include <stdint.h>
#include <sys/types.h>

#include "sys/bpf.h"

/*
 * What the kernel returned to the call, a value or a negative errno. -ENOEXEC
 * when there is no vDSO to borrow from, -ESRCH when the thread ended.
 */
long inject_call(pid_t tid, long nr, const long args[6]);

/*
 * Loads the filter into the thread (the whole process with TSYNC in its
 * flags), and sets no_new_privs only where the kernel asks for it: not for who
 * has CAP_SYS_ADMIN. On the main thread's stack the bytes lie below the red
 * zone for the time of the call; where that has no room, and for a thread whose
 * stack is elsewhere, a mapping is made and stays. 0, or the descriptor there
 * of the listener that its flags ask for; or a negative errno: -ENOSPC when
 * there is no room, -ESRCH when TSYNC failed for a thread that has filters of
 * its own.
 */
int inject_filter(pid_t tid, const struct filter *bpf);

/*
 * The ITIMER_REAL of the thread's process, as getitimer(2) has it: seconds and
 * microseconds of its interval, then of what is left; 0 and 0: it does not run.
 * The bytes below its stack that this takes are put back: nobody else may
 * change them meanwhile. 0, or a negative errno as of inject_call, -EFAULT when
 * there is no room.
 */
int inject_getitimer(pid_t tid, int64_t timer[4]);

/*
 * Lets the thread make one instruction. A signal that comes first is kept in
 * *PENDING, to be sent again by the caller. 0, or a negative errno: -ESRCH when
 * the thread ended.
 */
int inject_step(pid_t tid, int *pending);

#endif
