/* SPDX-License-Identifier: MIT */
/* proc.h: what /proc tells of processes and threads. */
#ifndef SYS_PROC_H
#define SYS_PROC_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reads a file of /proc, by its path below it ("%d/status"), as text into the
 * SIZE > 0 bytes at BUF: at most SIZE - 1, and a NUL. Returns the number of
 * bytes, or a negative errno; BUF is "" then.
 */
__attribute__((format(printf, 3, 4))) ssize_t proc_read(
	char *buf, size_t size, const char *format, ...);

/*
 * For a child of PARENT, right after the fork: it gets SIG when the thread that
 * made it ends (PR_SET_PDEATHSIG(2const)), and ends here if that was before.
 * Safe after a fork with threads.
 */
void proc_die_with(pid_t parent, int sig);

/* Does /proc tell of the processes that we know by number? It may be that of
 * another PID namespace; who hangs, and who was killed, is looked up there. */
bool proc_is_own(void);

#define PROC_NOT_OWN                                                           \
	"/proc is not there, or of another PID namespace: "                    \
	"mount -t proc proc /proc"

/* What stands behind "KEY:" and a tab at the start of a line of TEXT, which is
 * a status file; NULL without one. Pure. */
const char *proc_line(const char *text, const char *key);

/* The same as a number to BASE in *VALUE; false, and 0, without one. Pure. */
bool proc_number(
	const char *text, const char *key, int base, unsigned long *value);

/* The threads of process PID, one by one; NULL, and errno, when it cannot be
 * read. The caller closes what he opened (closedir). */
DIR *proc_open_threads(pid_t pid);
/* 0: no more. */
pid_t proc_next_thread(DIR *threads);

/* The number behind "KEY:" in /proc/TID/status, or -1. */
long proc_status(pid_t tid, const char *key);

/* Has thread TID the capability in effect, in its own user namespace? */
bool proc_has_capability(pid_t tid, int capability);

/* The number that thread TID has in its own PID namespace, by which its locks
 * name it (proc_pid_status(5), NSpid); -1 when it is gone. */
pid_t proc_own_tid(pid_t tid);

/* Has process PID a thread that knows itself as OWN? A dead leader counts as
 * long as others live. */
bool proc_has_own_tid(pid_t pid, pid_t own);

/* The stack pointer of a thread that sleeps in a call, or 0
 * (/proc/TID/syscall). */
uint64_t proc_stack_pointer(pid_t tid);

/* The name of thread TID, fit to be shown; "" when it is gone. */
void proc_comm(pid_t tid, char *name, size_t size);

/* Is the program of thread TID one of 32 bits? */
bool proc_is_32(pid_t tid);

/* Is it a thread of the kernel's? */
bool proc_is_kernel(pid_t pid);

/* How many seccomp filters are on thread TID; before Linux 5.9, which does not
 * count them, 1 for any. */
long proc_filters(pid_t tid);

/* Has the process no thread left that lives, or is it gone? */
bool proc_ended(pid_t pid);

/* The state letter of thread TID of process PID, 0 when it is gone. */
char proc_state(pid_t pid, pid_t tid);

/* A thread of the process that has memory and descriptors: not its leader when
 * that ended before the others. 0: none is left. */
pid_t proc_living_thread(pid_t pid);

/* When process PID was started: microseconds since the machine was; 0 when it
 * is gone. */
uint64_t proc_start_us(pid_t pid);

/* Processor time that process PID used, all threads, in microseconds. */
long proc_cpu_us(pid_t pid);

/* The same of its thread TID alone, in whole clock ticks (utime and stime of
 * proc_pid_stat(5)): a thread's clock is for its own process. 0: it is gone. */
long proc_thread_us(pid_t pid, pid_t tid);

/*
 * The living descendants of process PID, at most MAX; returns their number.
 * Needs CONFIG_PROC_CHILDREN.
 */
int proc_children(pid_t pid, pid_t *pids, int max);

/* Does this kernel tell who a process's children are? */
bool proc_lists_children(void);

/*
 * Has a child or a tracee of ours stopped or ended that was not waited for? A
 * dead process tells its parent only when the tracer has reaped it
 * (kernel/exit.c, exit_notify): a SIGCHLD may still come that way. Who is not
 * TRACED may have stopped for good.
 */
bool proc_news(bool traced);

#endif
