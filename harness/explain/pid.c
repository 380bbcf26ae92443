/* SPDX-License-Identifier: MIT */
/*
 * pid.c: a process that hangs already, looked at without stopping it.
 *
 * A tracer that attaches to a timed futex wait makes the kernel restart it by
 * restart_syscall, and a filter that does not allow that kills the patient. So
 * this reads /proc and memory, and nothing else.
 */
#include "explain/pid.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain/closed.h"
#include "explain/why_hang.h"
#include "explain/report.h"
#include "hang/hang.h"
#include "sys/proc.h"
#include "sys/text.h"

#define PIDS	     64

/* SECCOMP_MODE_DEAD, kernel/seccomp.c: the filter killed it. */
#define SECCOMP_DEAD 3

/* Adds to LOST those of process PID, the NO-th, that the filter killed and that
 * say so still: a leader as long as others live, and whose parent or tracer has
 * not asked for its status. Returns their number, N at first. */
static int find_dead(pid_t pid, int no, struct explain_lost *lost, int n)
{
	DIR *threads = proc_open_threads(pid);
	pid_t tid;

	while (threads && n < EXPLAIN_LOST &&
		(tid = proc_next_thread(threads))) {
		if (proc_state(pid, tid) != 'Z' ||
			proc_status(tid, "Seccomp") != SECCOMP_DEAD)
			continue;
		lost[n] = (struct explain_lost){ .tid = tid,
			.own_tid = proc_own_tid(tid),
			.process = no,
			.thread = tid == pid ? 0 : -1,
			.whole = proc_ended(pid) };
		proc_comm(pid, lost[n].comm, sizeof(lost[n].comm));
		n++;
	}
	if (threads)
		closedir(threads);
	return n;
}

static void read_exe(pid_t pid, char *shown, size_t size)
{
	char path[32], exe[4096];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	n = readlink(path, exe, sizeof(exe) - 1);
	exe[n > 0 ? n : 0] = '\0';
	text_show(exe, shown, size);
}

/* False: it is gone. */
static bool tell_filters(pid_t pid, pid_t living, struct explain_process *p)
{
	long leader = proc_status(pid, "Seccomp");
	long other = proc_status(living, "Seccomp");

	if (leader < 0 || other < 0)
		return false;
	if (leader == SECCOMP_DEAD)
		snprintf(p->filters, sizeof(p->filters),
			"killed its main thread");
	else if (pid != living)
		snprintf(p->filters, sizeof(p->filters),
			"%s thread %d; its main thread has ended",
			other ? "on" : "none on", living);
	else
		snprintf(p->filters, sizeof(p->filters), "%s",
			leader ? "on its main thread; what they refused before "
				 "is not known"
			       : "none on its main thread");
	return true;
}

static void tell_tracer(pid_t living, struct explain_process *p)
{
	long tracer = proc_status(living, "TracerPid");

	if (tracer <= 0)
		return;
	p->tracer = (pid_t)tracer;
	proc_comm(p->tracer, p->tracer_comm, sizeof(p->tracer_comm));
}

/* Which of the processes PID is; -1: none. */
static int number_of(const struct hang_facts *facts, pid_t pid)
{
	for (int i = 0; i < facts->npids; i++)
		if (facts->pids[i] == pid)
			return i;
	return -1;
}

/* Who hangs now may have lost a thread before, which the kernel noted. */
static void read_log(const struct hang_facts *facts, struct explain_hang *h)
{
	int log = kernel_log_open(true);
	struct kernel_clocks now;
	struct kernel_kill kill;

	if (log < 0)
		return;
	kernel_log_clocks(&now);
	while (h->nkills < KERNEL_KILLS && kernel_log_next(log, &kill))
		if (number_of(facts, kill.pid) >= 0 &&
			kernel_log_is_since(
				&kill, proc_start_us(kill.pid), &now))
			h->kills[h->nkills++] = kill;
	close(log);
}

static void look(pid_t pid, struct explain_process *process,
	struct explain_hang *h, struct stack_cache *stacks)
{
	struct explain_lost lost[EXPLAIN_LOST];
	pid_t pids[PIDS] = { pid };
	int nlost = 0;
	struct hang_facts facts = {
		.pids = pids,
		.npids = 1 + proc_children(pid, pids + 1, PIDS - 1),
		.overlook_itimers = true,
		.signals_come = true,
	};

	facts.unlisted = facts.npids == PIDS || !proc_lists_children();
	process->sleeps = hang_prove(&facts, &h->hang);
	for (int i = 0; i < h->hang.nthreads; i++) {
		struct thread_state *s = &h->hang.threads[i];

		s->nframes = stack_asleep(stacks, s->pid, s->tid, s->ip, s->sp,
			s->frames, STACK_FRAMES);
		h->waits[i].process = number_of(&facts, s->pid);
		h->waits[i].thread = s->tid == s->pid ? 0 : -1;
	}
	read_log(&facts, h);
	for (int i = 0; i < facts.npids; i++)
		nlost = find_dead(pids[i], i, lost, nlost);
	explain_hang_look(h, stacks, lost, nlost);
}

int explain_pid(pid_t pid, bool json, FILE *to, struct failure *f)
{
	static struct explain_hang h;
	struct explain_process process = { .hang = &h };
	long leader = proc_status(pid, "Tgid");
	struct stack_cache *stacks;
	pid_t living;

	/* A thread's number means its process. */
	if (leader > 0)
		pid = (pid_t)leader;
	living = proc_living_thread(pid);
	if (closed_check(pid, living, f))
		return -1;
	stacks = stack_open();
	if (!stacks)
		return failure_set(f, FAILURE_SYSTEM, "process %d: %s", pid,
			strerror(ENOMEM));
	process.pid = pid;
	tell_tracer(living, &process);
	look(pid, &process, &h, stacks);
	stack_close(stacks);
	living = proc_living_thread(pid);
	read_exe(living, process.exe, sizeof(process.exe));
	if (!living || !tell_filters(pid, living, &process))
		return closed_ended(pid, f);
	if (!json)
		explain_print_process(&process, to);
	else if (explain_json_process(&process, to))
		return failure_set(f, FAILURE_SYSTEM,
			"process %d: the report was not written", pid);
	return process.sleeps;
}
