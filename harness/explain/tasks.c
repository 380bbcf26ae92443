/* SPDX-License-Identifier: MIT */
/* tasks.c: the threads and processes of a pass. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "explain/pass.h"
#include "sys/proc.h"

static struct run_task **place(struct explain_run *run, pid_t tid)
{
	struct run_task **p = &run->tasks[tid % RUN_BUCKETS];

	while (*p && (*p)->tid != tid)
		p = &(*p)->next;
	return p;
}

struct run_task *run_find(struct explain_run *run, pid_t tid)
{
	return *place(run, tid);
}

/* FNV-1a of the program's path. */
static unsigned image_of(pid_t pid)
{
	char path[32], exe[4096];
	unsigned h = 2166136261u;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	n = readlink(path, exe, sizeof(exe));
	for (ssize_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)exe[i]) * 16777619u;
	return h;
}

static struct run_process *process_of(struct explain_run *run, pid_t pid)
{
	struct run_process *p = run->processes;

	while (p && p->pid != pid)
		p = p->next;
	if (p)
		return p;
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->pid = pid;
	p->no = run->seen->processes++;
	p->image = image_of(pid);
	p->next = run->processes;
	run->processes = p;
	return p;
}

struct run_task *run_add(struct explain_run *run, pid_t tid)
{
	long tgid = tid == run->pid ? tid : proc_status(tid, "Tgid");
	struct run_task *task = calloc(1, sizeof(*task));

	if (task)
		task->process = process_of(run, tgid > 0 ? (pid_t)tgid : tid);
	if (!task || !task->process) {
		free(task);
		return NULL;
	}
	task->tid = tid;
	task->again = -1;
	task->no = task->process->threads++;
	task->process->tasks++;
	run->seen->threads++;
	*place(run, tid) = task;
	return task;
}

static void drop_process(struct explain_run *run, struct run_process *gone)
{
	struct run_process **p = &run->processes;

	while (*p != gone)
		p = &(*p)->next;
	*p = gone->next;
	free(gone);
}

void run_drop(struct explain_run *run, pid_t tid)
{
	struct run_task **p = place(run, tid), *task = *p;

	if (!task)
		return;
	*p = task->next;
	if (--task->process->tasks == 0)
		drop_process(run, task->process);
	free(task->patch);
	free(task);
}

void run_exec(struct explain_run *run, struct run_task *task, pid_t old)
{
	if (old != task->tid)
		run_drop(run, old);
	task->no = 0;
	task->process->threads = 1;
	task->process->image = image_of(task->tid);
}

void run_look_again(struct run_process *p)
{
	p->image = image_of(p->pid);
}

/* Who is not traced is known as our descendant: we are their subreaper. */
int run_pids(const struct explain_run *run, pid_t *pids, int max)
{
	int n = 0;

	if (run->untraced) {
		n = proc_children(getpid(), pids, max);
		return n < max ? n : -1;
	}
	for (const struct run_process *p = run->processes; p; p = p->next) {
		if (n == max)
			return -1;
		pids[n++] = p->pid;
	}
	return n;
}

void run_kill_all(struct explain_run *run)
{
	pid_t pids[1024];
	int n = 1024;

	run->killed = true;
	for (struct run_process *p = run->processes; p; p = p->next)
		kill(p->pid, SIGKILL);
	if (run->untraced)
		n = proc_children(getpid(), pids, n);
	for (int i = 0; run->untraced && i < n; i++)
		kill(pids[i], SIGKILL);
}

void run_free(struct explain_run *run)
{
	for (int i = 0; i < RUN_BUCKETS; i++)
		while (run->tasks[i])
			run_drop(run, run->tasks[i]->tid);
	while (run->nfilters > 0)
		free(run->filters[--run->nfilters]);
}
