/* SPDX-License-Identifier: MIT */
/* tasks.c: the threads and processes of a cell. */
#include "suite/tasks.h"

#include <signal.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/proc.h"

struct task *tasks_find(struct trace *t, pid_t tid)
{
	for (int i = 0; i < t->ntasks; i++)
		if (t->tasks[i].tid == tid)
			return &t->tasks[i];
	return NULL;
}

struct task *tasks_add(struct trace *t, pid_t tid)
{
	struct task *task;
	long tgid;

	if (t->ntasks == TRACE_TASKS)
		return NULL;
	tgid = tid == t->pid ? tid : proc_status(tid, "Tgid");
	task = &t->tasks[t->ntasks++];
	task->tid = tid;
	task->tgid = tgid > 0 ? (pid_t)tgid : tid;
	task->no = task->tgid == t->pid ? t->ev->nthreads++ : 0;
	return task;
}

void tasks_drop(struct trace *t, pid_t tid)
{
	struct task *task = tasks_find(t, tid);

	if (task)
		*task = t->tasks[--t->ntasks];
}

void tasks_kill(struct trace *t)
{
	pid_t left[TRACE_TASKS];
	int n;

	if (!t->killed)
		t->killed_us = clock_us();
	t->killed = true;
	for (int i = 0; i < t->ntasks; i++)
		kill(t->tasks[i].tgid, SIGKILL);
	n = proc_children(getpid(), left, TRACE_TASKS);
	for (int i = 0; i < n; i++)
		kill(left[i], SIGKILL);
}
