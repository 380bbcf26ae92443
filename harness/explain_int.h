/* SPDX-License-Identifier: MIT */
/* explain_int.h: what the loop of a pass and its parts share. */
#ifndef EXPLAIN_INT_H
#define EXPLAIN_INT_H

#include <sys/user.h>

#include "explain.h"
#include "explain_io.h"

#define RUN_BUCKETS 1024

struct run_process {
	pid_t pid;
	int no;	     /* by creation; 0 is the command */
	int threads; /* that it ever had */
	int tasks;   /* that live */
	unsigned image;
	struct run_process *next;
};

struct run_task {
	pid_t tid;
	int no; /* in its process, by creation; 0 is the leader */
	struct run_process *process;
	struct run_task *next; /* in its bucket */
};

/* How far the loading of the filter has got. */
enum run_phase {
	RUN_UNBORN, /* the command's own execve is still to come */
	RUN_EXECED, /* it came: at the next stop execve returns */
	RUN_ARMED,
};

struct explain_run {
	const struct explain_plan *plan;
	enum explain_mode mode;
	struct explain_seen *seen;
	struct explain_io io;
	pid_t pid;
	bool killed; /* all was sent SIGKILL: what comes is no evidence */
	enum run_phase phase;
	uint64_t start, ended;	   /* microseconds */
	struct profile_bpf filter; /* as the profile has it */
	struct run_process *processes;
	struct run_task *tasks[RUN_BUCKETS];
};

/* explain_tasks.c: who there is. */
struct run_task *run_find(struct explain_run *run, pid_t tid);
struct run_task *run_add(struct explain_run *run, pid_t tid);
void run_drop(struct explain_run *run, pid_t tid);
/* At an exec: the thread TID goes on alone, under the leader's number. */
void run_exec(struct explain_run *run, struct run_task *task, pid_t old);
void run_kill_all(struct explain_run *run);
void run_free(struct explain_run *run);

/* explain_look.c: what a stopped thread tells. */
void run_on_seccomp(struct explain_run *run, const struct run_task *task);
void run_on_exit(struct explain_run *run, const struct run_task *task);
void run_on_signal(
	struct explain_run *run, const struct run_task *task, int sig);

/* explain_arm.c: the moment. Loads the filter into the stopped thread. 0 or
 * -1, said in seen->broken. */
int run_arm(struct explain_run *run, struct run_task *task);

/* explain_run.c */
uint64_t run_now(void); /* microseconds */
__attribute__((format(printf, 2, 3))) void run_broken(
	struct explain_run *run, const char *format, ...);

#endif
