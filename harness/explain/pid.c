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
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explain/why_hang.h"
#include "explain/report.h"
#include "hang/hang.h"
#include "sys/proc.h"
#include "sys/text.h"

#define PIDS 64

static int refuse(
	struct failure *f, enum failure_kind kind, pid_t pid, const char *why)
{
	return failure_set(f, kind, "process %d: %s", pid, why);
}

/* A leader that the filter killed stays as a zombie, and says so; so does a
 * process whose parent has not asked for its status. */
static int find_dead(const struct explain_hang *h, struct explain_lost *lost)
{
	int n = 0;

	for (int i = 0; i < h->hang.nthreads && n < EXPLAIN_LOST; i++) {
		const struct thread_state *s = &h->hang.threads[i];

		if (s->state != 'Z' || proc_status(s->tid, "Seccomp") != 3)
			continue;
		lost[n] = (struct explain_lost){ .tid = s->tid,
			.own_tid = proc_own_tid(s->tid),
			.process = h->waits[i].process,
			.thread = s->tid == s->pid ? 0 : -1,
			.whole = proc_ended(s->pid) };
		proc_comm(s->pid, lost[n].comm, sizeof(lost[n].comm));
		n++;
	}
	return n;
}

static int refuse_ended(pid_t pid, struct failure *f)
{
	return refuse(f, FAILURE_USAGE, pid, "it ended while it was looked at");
}

/* It has no memory: there is nothing that a filter could see of it. A leader
 * that ended before its threads is none of these. */
static int refuse_empty(pid_t pid, struct failure *f)
{
	long parent = proc_status(pid, "PPid");
	char why[160];

	if (proc_is_kernel(pid))
		return refuse(f, FAILURE_USAGE, pid,
			"is a thread of the kernel's: no filter is on it");
	if (proc_state(pid, pid) != 'Z' || parent < 0)
		return refuse_ended(pid, f);
	snprintf(why, sizeof(why),
		"has ended; its parent, process %ld, has not asked for its "
		"status yet",
		parent);
	return refuse(f, FAILURE_USAGE, pid, why);
}

/* Its memory does not open. */
static int refuse_closed(pid_t pid, struct failure *f)
{
	if (errno != EACCES && errno != EPERM)
		return refuse_ended(pid, f);
	if (geteuid())
		return refuse(f, FAILURE_USAGE, pid,
			"its memory may not be read: be root, or see "
			"/proc/sys/kernel/yama/ptrace_scope");
	return refuse(f, FAILURE_USAGE, pid,
		"its memory may not be read, even by root: CAP_SYS_PTRACE is "
		"missing here, or it has capabilities, or a user namespace, "
		"that root has not here");
}

static int check(pid_t pid, struct failure *f)
{
	char path[64], why[120];
	struct stat st;
	uid_t me = geteuid();
	int fd;

	if (access("/proc/self/status", R_OK))
		return refuse(f, FAILURE_SYSTEM, pid,
			"/proc is not there: mount -t proc proc /proc");
	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (stat(path, &st))
		return refuse(f, FAILURE_USAGE, pid, "no such process");
	if (me && st.st_uid != me) {
		snprintf(why, sizeof(why),
			"belongs to user %u, or may not be looked into by its "
			"own: be root",
			st.st_uid);
		return refuse(f, FAILURE_USAGE, pid, why);
	}
	if (proc_status(pid, "Threads") == 1 && proc_status(pid, "VmSize") < 0)
		return refuse_empty(pid, f);
	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return refuse_closed(pid, f);
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	return explain_check_machine(path, f);
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

/* NULL: it is gone. */
static const char *filters_of(pid_t pid)
{
	switch (proc_status(pid, "Seccomp")) {
	case -1:
		return NULL;
	case 0:
		return "none on its main thread";
	case 3:
		return "killed its main thread";
	}
	return "on its main thread; what they refused before is not known";
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
		for (int i = 0; i < facts->npids; i++)
			if (kill.pid == facts->pids[i] &&
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
		int no = 0;

		s->nframes = stack_asleep(stacks, s->pid, s->tid, s->ip, s->sp,
			s->frames, STACK_FRAMES);
		while (pids[no] != s->pid)
			no++;
		h->waits[i].process = no;
		h->waits[i].thread = s->tid == s->pid ? 0 : -1;
	}
	read_log(&facts, h);
	explain_hang_look(h, stacks, lost, find_dead(h, lost));
}

int explain_pid(pid_t pid, bool json, FILE *to, struct failure *f)
{
	static struct explain_hang h;
	struct stack_cache *stacks;
	int ret = check(pid, f);
	char exe[256];
	struct explain_process process = {
		.pid = pid, .exe = exe, .filters = filters_of(pid), .hang = &h
	};

	if (ret)
		return ret;
	stacks = stack_open();
	if (!stacks)
		return refuse(f, FAILURE_SYSTEM, pid, strerror(ENOMEM));
	look(pid, &process, &h, stacks);
	stack_close(stacks);
	read_exe(pid, exe, sizeof(exe));
	if (!process.filters || proc_ended(pid))
		return refuse_ended(pid, f);
	if (!json)
		explain_print_process(&process, to);
	else if (explain_json_process(&process, to))
		return refuse(
			f, FAILURE_SYSTEM, pid, "the report was not written");
	return process.sleeps;
}
