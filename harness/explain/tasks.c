/* SPDX-License-Identifier: MIT */
/* tasks.c: who there is in a pass, and what all its parts need of it. */
#include "explain/tasks.h"

#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/hash.h"
#include "sys/proc.h"

static struct pass_task **place(struct pass *pass, pid_t tid)
{
	struct pass_task **p = &pass->tasks[tid % PASS_BUCKETS];

	while (*p && (*p)->tid != tid)
		p = &(*p)->next;
	return p;
}

struct pass_task *pass_find(struct pass *pass, pid_t tid)
{
	return *place(pass, tid);
}

static unsigned image_of(pid_t pid)
{
	char path[32], exe[4096];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	n = readlink(path, exe, sizeof(exe));
	return hash32(HASH32, exe, n > 0 ? (size_t)n : 0);
}

static struct pass_process *process_of(struct pass *pass, pid_t pid)
{
	struct pass_process *p = pass->processes;

	while (p && p->pid != pid)
		p = p->next;
	if (p)
		return p;
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->pid = pid;
	p->no = pass->seen->processes++;
	p->image = image_of(pid);
	p->next = pass->processes;
	pass->processes = p;
	return p;
}

/* The child may come before the word of its parent, who is known then by its
 * process alone (proc_pid_status(5)). */
static void inherit_filters(const struct pass *pass, struct pass_task *task)
{
	pid_t of = task->process->pid;
	const struct pass_task *parent = pass_find((struct pass *)pass, of);

	if (!parent)
		parent = pass_find((struct pass *)pass,
			(pid_t)proc_status(task->tid, "PPid"));
	if (!parent)
		return;
	task->filters = parent->filters;
	task->privs_shut = parent->privs_shut;
}

struct pass_task *pass_add(struct pass *pass, pid_t tid)
{
	long tgid = tid == pass->pid ? tid : proc_status(tid, "Tgid");
	struct pass_task *task = calloc(1, sizeof(*task));

	if (task)
		task->process = process_of(pass, tgid > 0 ? (pid_t)tgid : tid);
	if (!task || !task->process) {
		free(task);
		return NULL;
	}
	task->tid = tid;
	task->again = -1;
	task->no = task->process->threads++;
	task->process->tasks++;
	pass->seen->threads++;
	inherit_filters(pass, task);
	*place(pass, tid) = task;
	return task;
}

static void drop_process(struct pass *pass, struct pass_process *gone)
{
	struct pass_process **p = &pass->processes;

	while (*p != gone)
		p = &(*p)->next;
	*p = gone->next;
	free(gone);
}

void pass_drop(struct pass *pass, pid_t tid)
{
	struct pass_task **p = place(pass, tid), *task = *p;

	if (!task)
		return;
	*p = task->next;
	if (--task->process->tasks == 0)
		drop_process(pass, task->process);
	free(task->patch);
	free(task);
}

void pass_exec(struct pass *pass, struct pass_task *task, pid_t old)
{
	if (old != task->tid)
		pass_drop(pass, old);
	task->no = 0;
	task->process->threads = 1;
	task->process->image = image_of(task->tid);
}

void pass_look_again(struct pass_process *p)
{
	p->image = image_of(p->pid);
}

/* Who is not traced is known as our descendant: we are their subreaper. */
int pass_pids(const struct pass *pass, pid_t *pids, int max)
{
	int n = 0;

	if (pass->untraced) {
		n = proc_children(getpid(), pids, max);
		return n < max ? n : -1;
	}
	for (const struct pass_process *p = pass->processes; p; p = p->next) {
		if (n == max)
			return -1;
		pids[n++] = p->pid;
	}
	return n;
}

void pass_kill_all(struct pass *pass)
{
	pid_t pids[1024];
	int n = 1024;

	if (!pass->killed)
		pass->killed_us = clock_us();
	pass->killed = true;
	/* Each leads a process group. */
	if (pass->drive.pid > 0)
		kill(-pass->drive.pid, SIGKILL);
	if (pass->drive.asks > 0)
		kill(-pass->drive.asks, SIGKILL);
	for (struct pass_process *p = pass->processes; p; p = p->next)
		kill(p->pid, SIGKILL);
	if (pass->untraced)
		n = proc_children(getpid(), pids, n);
	for (int i = 0; pass->untraced && i < n; i++)
		kill(pids[i], SIGKILL);
}

void pass_free(struct pass *pass)
{
	for (int i = 0; i < PASS_BUCKETS; i++)
		while (pass->tasks[i])
			pass_drop(pass, pass->tasks[i]->tid);
	while (pass->nfilters > 0)
		free(pass->filters[--pass->nfilters]);
}

bool pass_is_alone(const struct pass *pass, const struct pass_task *task)
{
	return task->process->tasks == 1 && pass->processes == task->process &&
	       !task->process->next;
}

/* Of a verdict that is computed nobody knows. */
static bool may_log(const struct filter *f)
{
	for (size_t i = 0; i < f->ninsns; i++)
		if (f->insns[i].code == (BPF_RET | BPF_A) ||
			(f->insns[i].code == (BPF_RET | BPF_K) &&
				(f->insns[i].k & SECCOMP_RET_ACTION_FULL) ==
					SECCOMP_RET_LOG))
			return true;
	return false;
}

int pass_keep_filter(struct pass *pass, const struct filter *bpf)
{
	struct filter *copy;

	if (pass->nfilters == PASS_FILTERS)
		return -1;
	copy = malloc(sizeof(*copy));
	if (!copy)
		return -1;
	*copy = *bpf;
	pass->seen->logs = pass->seen->logs || may_log(bpf);
	pass->filters[pass->nfilters] = copy;
	return pass->nfilters++;
}

void pass_broken(struct pass *pass, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!pass->seen->broken[0])
		vsnprintf(pass->seen->broken, sizeof(pass->seen->broken),
			format, ap);
	va_end(ap);
	pass_kill_all(pass);
}
