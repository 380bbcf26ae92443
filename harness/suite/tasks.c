/* SPDX-License-Identifier: MIT */
/* tasks.c: the threads and processes of a cell. */
#include "suite/tasks.h"

#include <signal.h>
#include <stdio.h>
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
	t->ev->tids[t->ev->ntids++ % EV_TIDS] = tid;
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

/* The first that is left, and its state; 0: all are gone, and wait for us. */
static char left(const struct trace *t, pid_t *tgid, pid_t *tid)
{
	for (int i = 0; i <= t->ntasks; i++) {
		char state;

		*tgid = i < t->ntasks ? t->tasks[i].tgid : t->pid;
		*tid = i < t->ntasks ? t->tasks[i].tid : t->pid;
		state = proc_state(*tgid, *tid);
		if (state && state != 'Z' && state != 'X')
			return state;
	}
	return 0;
}

bool tasks_unkillable(struct trace *t)
{
	uint64_t since = clock_us() - t->killed_us;
	pid_t tgid, tid;
	char state = left(t, &tgid, &tid);
	bool stays = state == 'D' ? since > TRACE_WALL : since > TRACE_KILL;

	if (!state)
		return false;
	if (state == 'R') {
		long us = proc_thread_us(tgid, tid);

		if (t->dying != tid)
			t->dying_us = us;
		t->dying = tid;
		stays = us - t->dying_us > TRACE_KILL_CPU;
	}
	if (!stays)
		return false;
	t->ev->unkillable = true;
	snprintf(t->ev->broken, sizeof(t->ev->broken),
		"task %d, in state %c, did not die of SIGKILL within %d s", tid,
		state, (int)(since / 1000000));
	return true;
}
