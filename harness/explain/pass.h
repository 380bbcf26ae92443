/* SPDX-License-Identifier: MIT */
/* pass.h: what the loop of a pass and its parts share. */
#ifndef EXPLAIN_PASS_H
#define EXPLAIN_PASS_H

#include <sys/user.h>

#include "explain/explain.h"
#include "explain/io.h"
#include "explain/moment.h"

#define RUN_BUCKETS 1024

struct run_process {
	pid_t pid;
	int no;	     /* by creation; 0 is the command */
	int threads; /* that it ever had */
	int tasks;   /* that live */
	unsigned image;
	char comm[16];	/* when it last lost a thread */
	uint64_t alarm; /* until when its ITIMER_REAL may fire, as run_now() */
	struct run_process *next;
};

struct run_task {
	pid_t tid;
	int no;	   /* in its process, by creation; 0 is the leader */
	int again; /* the call that is skipped, to be made again; or -1 */
	struct run_patch *patch; /* its own filter, while it is loaded */
	struct run_process *process;
	struct run_task *next; /* in its bucket */
};

/* How far the loading of the filter has got. */
enum run_phase {
	RUN_UNBORN, /* the command's own execve is still to come */
	RUN_EXECED, /* it came: at the next stop execve returns */
	RUN_ENTRY,  /* to where the dynamic linker hands over */
	RUN_BREAK,  /* to the function */
	RUN_CALLS,  /* to the call */
	RUN_SKIP,   /* from its entry to its return: it was not made */
	RUN_WAIT,   /* for the time */
	RUN_HALT,   /* a thread was asked to stop */
	RUN_ARMED,
};

struct run_break {
	uint64_t at; /* 0: none is set */
	long word;   /* what was there */
};

/* Filters that can be told apart by the data of what they return. */
#define RUN_FILTERS 64

struct explain_run {
	const struct explain_plan *plan;
	enum explain_mode mode;
	struct explain_seen *seen;
	struct explain_io io;
	pid_t pid;
	bool killed;	/* all was sent SIGKILL: what comes is no evidence */
	bool untraced;	/* no longer traced */
	int listener;	/* of a filter that tells us itself, or -1 */
	int kernel_log; /* what comes of it, or -1 */
	enum run_phase phase;
	uint64_t start, ended; /* microseconds */
	long filters_then; /* that the kernel counts after the loading of ours
			    */
	int nfilters;
	struct filter *filters[RUN_FILTERS]; /* as they were written */
	struct run_break stop;
	uint64_t next_look, look, asleep_since; /* microseconds */
	long cpu;
	bool timers_impossible; /* none ran before, and none can be made */
	bool timers_seen;	/* every ITIMER_REAL that is set */
	long calls;		/* of the one that is waited for */
	struct run_process *processes;
	struct run_task *tasks[RUN_BUCKETS];
};

/* explain/tasks.c: who there is. */
struct run_task *run_find(struct explain_run *run, pid_t tid);
struct run_task *run_add(struct explain_run *run, pid_t tid);
void run_drop(struct explain_run *run, pid_t tid);
/* At an exec: the thread TID goes on alone, under the leader's number. */
void run_exec(struct explain_run *run, struct run_task *task, pid_t old);
/* The processes that live, at most MAX; how many, or -1: more. */
int run_pids(const struct explain_run *run, pid_t *pids, int max);
/* Looks again at which program the process runs. */
void run_look_again(struct run_process *p);
void run_kill_all(struct explain_run *run);
void run_free(struct explain_run *run);

/* explain/refusal.c: what a stopped thread tells. */
void run_on_seccomp(struct explain_run *run, struct run_task *task);
void run_on_exit(struct explain_run *run, const struct run_task *task);
struct seccomp_notif;
void run_on_notif(struct explain_run *run, const struct seccomp_notif *n);
void run_on_signal(
	struct explain_run *run, const struct run_task *task, int sig);

/* explain/alarm.c: until when a process's ITIMER_REAL may fire. */

/* TASK is about to make a call, which may be one that sets it. */
struct __ptrace_syscall_info;
void run_alarm_note(
	const struct run_task *task, const struct __ptrace_syscall_info *info);
/* Asks the process of TASK, stopped as for inject_call. False: not known. */
bool run_alarm_ask(struct run_task *task);
/* A process whose timer may fire; NULL: none, of those that were seen. */
const struct run_process *run_alarm_next(const struct explain_run *run);

/* explain/arm.c: the moment. What cannot be done is said in seen->broken. */

/* Its execve returns: the moment, or what leads to it. */
void run_arm_exec(struct explain_run *run, struct run_task *task);
/* A syscall stop. */
void run_arm_call(struct explain_run *run, struct run_task *task);
/* A SIGTRAP: true when it was a breakpoint of ours. */
bool run_arm_trap(struct explain_run *run, struct run_task *task);
/* It stopped because it was asked to. */
void run_arm_halt(struct explain_run *run, struct run_task *task);
/* Time went by. */
void run_arm_tick(struct explain_run *run);
/* Does a thread have to stop at its next system call? */
bool run_arm_watches(
	const struct explain_run *run, const struct run_task *task);

/* explain/breakpoint.c: where functions are. 0: not found. */
uint64_t run_entry(pid_t pid);
uint64_t run_symbol(pid_t pid, const char *name, bool own);
/* Steps from the entry of a C program to where it tells its libc of main. */
uint64_t run_follow_to_main(pid_t tid);
int run_break_set(struct run_break *b, pid_t tid, uint64_t at);
int run_break_clear(struct run_break *b, pid_t tid);
/* Lets TID go on behind it, and leaves it where it is. */
void run_break_pass(struct run_break *b, pid_t tid);

/* explain/untraced.c */

/* Is it one thread of one process that lives? */
bool run_is_alone(const struct explain_run *run, const struct run_task *task);
/* Loads FILTER as the pass wants it, and lets TASK, which is stopped, go on
 * without a tracer. 0 or a negative errno. */
int run_load_untraced(
	struct explain_run *run, struct run_task *task, struct filter *filter);
/* True when a thread sleeps until we answer its listener: in a call that it has
 * not made yet, whatever /proc says. */
bool run_is_asked(const struct explain_run *run);
/* Waits for what the listener tells, for a moment. */
void run_listen(struct explain_run *run);

/* Reads in the kernel's log who was killed, where nobody else could see it. */
void run_read_log(struct explain_run *run);

/* explain/self.c: filters that the program loads itself. */
void run_self_filter(struct explain_run *run, struct filter *out);
void run_self_load(struct explain_run *run, struct run_task *task);
void run_self_loaded(struct explain_run *run, struct run_task *task);

/* Keeps a filter; returns its place in run->filters, or -1. */
int run_keep_filter(struct explain_run *run, const struct filter *bpf);

/* explain/watch.c: does it hang? Time went by. */
void run_watch_tick(struct explain_run *run);

/* explain/ends.c */

/* Process or thread PID is gone, with the status that waitpid(2) gave. */
void run_note_end(struct explain_run *run, pid_t pid, int status);
/* Once all have: where the command died costs no thread beside it. */
void run_settle(struct explain_run *run);

/* explain/pass.c */
uint64_t run_now(void); /* microseconds */
__attribute__((format(printf, 2, 3))) void run_broken(
	struct explain_run *run, const char *format, ...);

#endif
