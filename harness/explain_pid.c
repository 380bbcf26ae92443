/* SPDX-License-Identifier: MIT */
/*
 * explain_pid.c: a process that hangs already, looked at without stopping it.
 *
 * A tracer that attaches to a timed futex wait makes the kernel restart it by
 * restart_syscall, and a filter that does not allow that kills the patient. So
 * this reads /proc and memory, and nothing else. /proc/TID/syscall tells the
 * stack and instruction pointers of a sleeper, and no other register: the frame
 * pointer is guessed, from the first place on the stack that looks as if one
 * had been saved there.
 */
#include "explain_pid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "explain_hang.h"
#include "explain_report.h"
#include "hang.h"
#include "judge.h"
#include "proc.h"
#include "quartet.h"
#include "text.h"

#define PIDS	64
#define SPAN	16384 /* bytes of stack that are searched for a frame pointer */
#define GUESSES 8

static int refuse(int code, pid_t pid, const char *why)
{
	fprintf(stderr, "quartet: explain: process %d: %s\n", pid, why);
	return code;
}

static bool is_code(pid_t tid, uint64_t addr)
{
	char path[32], line[512], perms[8];
	unsigned long from, to;
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", tid);
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "%lx-%lx %7s", &from, &to, perms) == 3 &&
			from <= addr && addr < to && perms[2] == 'x';
	if (f)
		fclose(f);
	return found;
}

/* The next place from word I on that looks as if a frame pointer were saved
 * there, and a return address behind it; or -1. */
static int next_guess(
	pid_t tid, const uint64_t *words, int n, uint64_t sp, int i)
{
	for (; i + 1 < n; i++) {
		uint64_t at = sp + (uint64_t)i * 8;

		if (words[i] > at && words[i] - at < 1 << 20 &&
			words[i] % 8 == 0 && is_code(tid, words[i + 1]))
			return i;
	}
	return -1;
}

static bool is_whole(const struct thread_state *s)
{
	return s->nframes > 0 &&
	       judge_list("_start _start_c start __clone clone __clone3 clone3 "
			  "start_thread",
		       s->frames[s->nframes - 1].function);
}

/* Guesses are tried until one leads to where stacks begin. */
static void take_stack(struct stack_cache *stacks, struct thread_state *s)
{
	static uint64_t words[SPAN / 8];
	struct iovec to = { words, SPAN }, from = { (void *)s->sp, SPAN };
	struct user_regs_struct regs = { .rsp = s->sp, .rip = s->ip };
	bool is_32 = s->sp < 1UL << 32;
	struct thread_state best = *s;
	int n, guess = -1;

	n = (int)(process_vm_readv(s->tid, &to, 1, &from, 1, 0) / 8);
	for (int i = 0; i < GUESSES; i++) {
		s->nframes = stack_walk(stacks, s->pid, s->tid, &regs, is_32,
			s->frames, EV_FRAMES);
		if (s->nframes > best.nframes || is_whole(s))
			best = *s;
		if (is_whole(s))
			break;
		guess = next_guess(s->tid, words, n, s->sp, guess + 1);
		if (guess < 0)
			break;
		regs.rbp = s->sp + (uint64_t)guess * 8;
	}
	*s = best;
}

/* A leader that the filter killed stays as a zombie, and says so. */
static int find_dead(const struct hang *hang, struct explain_lost *lost)
{
	int n = 0;

	for (int i = 0; i < hang->nthreads && n < EXPLAIN_LOST; i++) {
		const struct thread_state *s = &hang->threads[i];

		if (s->state == 'Z' && proc_status(s->tid, "Seccomp") == 3)
			lost[n++] = (struct explain_lost){ .tid = s->tid,
				.own_tid = proc_own_tid(s->tid),
				.thread = s->tid == s->pid ? 0 : -1 };
	}
	return n;
}

/* It has no memory: there is nothing that a filter could see of it. A leader
 * that ended before its threads is none of these. */
static int refuse_empty(pid_t pid)
{
	char why[160];

	if (proc_state(pid, pid) != 'Z')
		return refuse(EXIT_USAGE, pid,
			"is a thread of the kernel's: no filter is on it");
	snprintf(why, sizeof(why),
		"has ended; its parent, process %ld, has not asked for its "
		"status yet",
		proc_status(pid, "PPid"));
	return refuse(EXIT_USAGE, pid, why);
}

static int check(pid_t pid)
{
	char path[64], why[120];
	struct stat st;
	uid_t me = geteuid();
	int fd;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (stat(path, &st))
		return refuse(EXIT_USAGE, pid, "no such process");
	if (me && st.st_uid != me) {
		snprintf(why, sizeof(why),
			"belongs to user %u, or may not be looked into by its "
			"own: be root",
			st.st_uid);
		return refuse(EXIT_USAGE, pid, why);
	}
	if (proc_status(pid, "Threads") == 1 && proc_status(pid, "VmSize") < 0)
		return refuse_empty(pid);
	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return refuse(EXIT_USAGE, pid,
			"its memory may not be read: be root, or see "
			"/proc/sys/kernel/yama/ptrace_scope");
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	return explain_check_machine(path);
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

static const char *filters_of(pid_t pid)
{
	switch (proc_status(pid, "Seccomp")) {
	case 0:
		return "none on its main thread";
	case 3:
		return "killed its main thread";
	}
	return "on its main thread; what they refused before is not known";
}

int explain_pid(pid_t pid, bool json, FILE *to)
{
	static struct explain_hang h;
	struct explain_lost lost[EXPLAIN_LOST];
	struct stack_cache *stacks;
	pid_t pids[PIDS];
	struct hang_facts facts = { .pids = pids, .overlook_itimers = true };
	int ret = check(pid);
	char exe[256];
	struct explain_process process = {
		.pid = pid, .exe = exe, .filters = filters_of(pid), .hang = &h
	};

	if (ret)
		return ret;
	stacks = stack_open();
	if (!stacks)
		return refuse(EXIT_SYSTEM, pid, strerror(ENOMEM));
	pids[0] = pid;
	facts.npids = 1 + proc_children(pid, pids + 1, PIDS - 1);
	process.sleeps = hang_prove(&facts, &h.hang);
	for (int i = 0; i < h.hang.nthreads; i++)
		if (h.hang.threads[i].sp)
			take_stack(stacks, &h.hang.threads[i]);
	for (int i = 0; i < h.hang.nthreads; i++) {
		const struct thread_state *s = &h.hang.threads[i];

		h.waits[i].process = s->pid == pid ? 0 : -1;
		h.waits[i].thread = s->tid == s->pid ? 0 : -1;
	}
	explain_hang_look(&h, stacks, lost, find_dead(&h.hang, lost));
	stack_close(stacks);
	read_exe(pid, exe, sizeof(exe));
	if (!json)
		explain_print_process(&process, to);
	else if (explain_json_process(&process, to))
		return refuse(EXIT_SYSTEM, pid, "the report was not written");
	return process.sleeps ? EXIT_DIFFERS : 0;
}
