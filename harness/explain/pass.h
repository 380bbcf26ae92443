/* SPDX-License-Identifier: MIT */
/* pass.h: what the loop of a pass and its parts share. */
#ifndef EXPLAIN_PASS_H
#define EXPLAIN_PASS_H

#include <sys/user.h>

#include "explain/explain.h"
#include "explain/io.h"
#include "explain/moment.h"

#define PASS_BUCKETS 1024

struct pass_process {
	pid_t pid;
	int no;	     /* by creation; 0 is the command */
	int threads; /* that it ever had */
	int tasks;   /* that live */
	unsigned image;
	char comm[16];	/* when it last lost a thread */
	uint64_t alarm; /* until when its ITIMER_REAL may fire, as pass_now() */
	struct pass_process *next;
};

struct pass_task {
	pid_t tid;
	int no;	   /* in its process, by creation; 0 is the leader */
	int again; /* the call that is skipped, to be made again; or -1 */
	struct pass_patch *patch; /* its own filter, while it is loaded */
	struct pass_process *process;
	struct pass_task *next; /* in its bucket */
};

/* How far the loading of the filter has got. */
enum pass_phase {
	PASS_UNBORN, /* the command's own execve is still to come */
	PASS_EXECED, /* it came: at the next stop execve returns */
	PASS_ENTRY,  /* to where the dynamic linker hands over */
	PASS_BREAK,  /* to the function */
	PASS_CALLS,  /* to the call */
	PASS_SKIP,   /* from its entry to its return: it was not made */
	PASS_WAIT,   /* for the time */
	PASS_HALT,   /* a thread was asked to stop */
	PASS_ARMED,
};

struct pass_break {
	uint64_t at; /* 0: none is set */
	long word;   /* what was there */
};

/* Filters that can be told apart by the data of what they return. */
#define PASS_FILTERS 64

struct pass {
	const struct explain_plan *plan;
	enum explain_mode mode;
	struct explain_seen *seen;
	struct explain_io io;
	pid_t pid;
	bool killed;	/* all was sent SIGKILL: what comes is no evidence */
	bool untraced;	/* no longer traced */
	int listener;	/* of a filter that tells us itself, or -1 */
	int kernel_log; /* what comes of it, or -1 */
	enum pass_phase phase;
	uint64_t start, ended; /* microseconds */
	long filters_then; /* that the kernel counts after the loading of ours
			    */
	int nfilters;
	struct filter *filters[PASS_FILTERS]; /* as they were written */
	struct pass_break stop;
	uint64_t next_look, look, asleep_since; /* microseconds */
	long cpu;
	bool timers_impossible; /* none ran before, and none can be made */
	bool timers_seen;	/* every ITIMER_REAL that is set */
	long calls;		/* of the one that is waited for */
	struct pass_process *processes;
	struct pass_task *tasks[PASS_BUCKETS];
};

/* explain/tasks.c: who there is. */
struct pass_task *pass_find(struct pass *pass, pid_t tid);
struct pass_task *pass_add(struct pass *pass, pid_t tid);
void pass_drop(struct pass *pass, pid_t tid);
/* At an exec: the thread TID goes on alone, under the leader's number. */
void pass_exec(struct pass *pass, struct pass_task *task, pid_t old);
/* The processes that live, at most MAX; how many, or -1: more. */
int pass_pids(const struct pass *pass, pid_t *pids, int max);
/* Looks again at which program the process runs. */
void pass_look_again(struct pass_process *p);
void pass_kill_all(struct pass *pass);
void pass_free(struct pass *pass);

/* explain/refusal.c: what a stopped thread tells. */
void pass_on_seccomp(struct pass *pass, struct pass_task *task);
void pass_on_exit(struct pass *pass, const struct pass_task *task);
struct seccomp_notif;
void pass_on_notif(struct pass *pass, const struct seccomp_notif *n);
void pass_on_signal(struct pass *pass, const struct pass_task *task, int sig);

/* explain/alarm.c: until when a process's ITIMER_REAL may fire. */

/* TASK is about to make a call, which may be one that sets it. */
struct __ptrace_syscall_info;
void pass_alarm_note(
	const struct pass_task *task, const struct __ptrace_syscall_info *info);
/* Asks the process of TASK, stopped as for inject_call. False: not known. */
bool pass_alarm_ask(struct pass_task *task);
/* A process whose timer may fire; NULL: none, of those that were seen. */
const struct pass_process *pass_alarm_next(const struct pass *pass);

/* explain/arm.c: the moment. What cannot be done is said in seen->broken. */

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

/* explain/breakpoint.c: where functions are. 0: not found. */
uint64_t pass_entry(pid_t pid);
uint64_t pass_symbol(pid_t pid, const char *name, bool own);
/* Steps from the entry of a C program to where it tells its libc of main. */
uint64_t pass_follow_to_main(pid_t tid);
int pass_break_set(struct pass_break *b, pid_t tid, uint64_t at);
int pass_break_clear(struct pass_break *b, pid_t tid);
/* Lets TID go on behind it, and leaves it where it is. */
void pass_break_pass(struct pass_break *b, pid_t tid);

/* explain/untraced.c */

/* Is it one thread of one process that lives? */
bool pass_is_alone(const struct pass *pass, const struct pass_task *task);
/* Loads FILTER as the pass wants it, and lets TASK, which is stopped, go on
 * without a tracer. 0 or a negative errno. */
int pass_load_untraced(
	struct pass *pass, struct pass_task *task, struct filter *filter);
/* True when a thread sleeps until we answer its listener: in a call that it has
 * not made yet, whatever /proc says. */
bool pass_is_asked(const struct pass *pass);
/* Waits for what the listener tells, for a moment. */
void pass_listen(struct pass *pass);

/* Reads in the kernel's log who was killed, where nobody else could see it. */
void pass_read_log(struct pass *pass);

/* explain/self.c: filters that the program loads itself. */
void pass_self_filter(struct pass *pass, struct filter *out);
void pass_self_load(struct pass *pass, struct pass_task *task);
void pass_self_loaded(struct pass *pass, struct pass_task *task);

/* Keeps a filter; returns its place in pass->filters, or -1. */
int pass_keep_filter(struct pass *pass, const struct filter *bpf);

/* explain/watch.c: does it hang? Time went by. */
void pass_watch_tick(struct pass *pass);

/* explain/ends.c */

/* Process or thread PID is gone, with the status that waitpid(2) gave. */
void pass_note_end(struct pass *pass, pid_t pid, int status);
/* Once all have: where the command died costs no thread beside it. */
void pass_settle(struct pass *pass);

/* explain/pass.c */
uint64_t pass_now(void); /* microseconds */
__attribute__((format(printf, 2, 3))) void pass_broken(
	struct pass *pass, const char *format, ...);

#endif
