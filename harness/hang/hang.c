/* SPDX-License-Identifier: MIT */
/* hang.c: from thread states to a proof that nobody can wake them. */
#include "hang/hang.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "hang/wakers.h"

/* Daemons are asked by these to end, or to read their settings again. */
#define BIT(sig) (1UL << ((sig)-1))
#define REQUESTS (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGUSR1) | BIT(SIGUSR2))

/* What must not change between the two readings. */
struct reading {
	pid_t pid, tid;
	char state;
	unsigned long switches;	   /* voluntary and not */
	unsigned long deliverable; /* signals that wait and are not blocked */
	bool filtered;
	bool catches_alarm;
	bool handles; /* signals that others send to make it do something */
};

/* More threads than HANG shows are read all the same. */
#define READ_MAX 4096

struct readings {
	int n;
	bool whole; /* every thread could be read, and fitted */
	struct reading v[READ_MAX];
};

static bool read_text(
	char *buf, size_t size, pid_t pid, pid_t tid, const char *name)
{
	char path[80];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/%s", pid, tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, buf, size - 1);
	if (fd >= 0)
		close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return n > 0;
}

static unsigned long field(const char *status, const char *key, int base)
{
	const char *p = strstr(status, key);

	return p ? strtoul(p + strlen(key), NULL, base) : 0;
}

static bool read_thread(struct reading *r, pid_t pid, pid_t tid)
{
	char buf[4096];
	const char *state;

	if (!read_text(buf, sizeof(buf), pid, tid, "status"))
		return false;
	state = strstr(buf, "\nState:\t");
	*r = (struct reading){ .pid = pid, .tid = tid };
	r->state = state ? state[8] : '?';
	r->switches = field(buf, "\nvoluntary_ctxt_switches:", 10) +
		      field(buf, "\nnonvoluntary_ctxt_switches:", 10);
	r->deliverable =
		(field(buf, "\nSigPnd:", 16) | field(buf, "\nShdPnd:", 16)) &
		~field(buf, "\nSigBlk:", 16);
	r->filtered = field(buf, "\nSeccomp:", 10) != 0;
	r->handles = (field(buf, "\nSigCgt:", 16) & REQUESTS) != 0;
	r->catches_alarm = field(buf, "\nSigCgt:", 16) >> (SIGALRM - 1) & 1;
	return true;
}

static void read_process(struct readings *all, pid_t pid)
{
	char path[32];
	struct dirent *e;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	d = opendir(path);
	all->whole = all->whole && d;
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		if (all->n == READ_MAX) {
			all->whole = false;
			break;
		}
		if (read_thread(&all->v[all->n], pid, atoi(e->d_name)))
			all->n++;
		else
			all->whole = false;
	}
	if (d)
		closedir(d);
}

static void read_all(struct readings *all, const struct hang_facts *facts)
{
	all->n = 0;
	all->whole = true;
	for (int i = 0; i < facts->npids; i++)
		read_process(all, facts->pids[i]);
}

static bool is_32(pid_t tid)
{
	unsigned char ident[EI_NIDENT] = { 0 };
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (read(fd, ident, sizeof(ident)) < 0)
			ident[EI_CLASS] = 0;
		close(fd);
	}
	return ident[EI_CLASS] == ELFCLASS32;
}

/* /proc/TID/syscall: "NR A0 .. A5 SP PC" in a call, "running", or "-1 SP PC".
 */
static void read_call(struct thread_state *s)
{
	char buf[512];
	unsigned long long a[8] = { 0 };

	s->nr = -1;
	if (!read_text(buf, sizeof(buf), s->pid, s->tid, "syscall") ||
		sscanf(buf, "%d %llx %llx %llx %llx %llx %llx %llx %llx",
			&s->nr, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &a[6],
			&a[7]) != 9)
		return;
	for (int i = 0; i < 6; i++)
		s->args[i] = a[i];
	s->sp = a[6];
	s->ip = a[7];
	calls_name(is_32(s->tid) ? ARCH_COMPAT : ARCH_NATIVE, s->nr, s->call,
		sizeof(s->call));
}

static void describe(struct thread_state *s, const struct reading *r)
{
	memset(s, 0, sizeof(*s));
	s->pid = r->pid;
	s->tid = r->tid;
	s->state = r->state;
	read_call(s);
	read_text(s->wchan, sizeof(s->wchan), s->pid, s->tid, "wchan");
}

static bool is_dead(char state)
{
	return state == 'Z' || state == 'X';
}

static bool is_stopped(const struct hang_facts *facts, char state)
{
	/* A tracee of ours that SIGSTOP stopped is a 't' too. */
	return state == 'T' || (state == 't' && facts->traced);
}

/* What it is when it neither sleeps nor is stopped, nor dead. */
static bool is_awake(const struct reading *r, char *why, size_t size)
{
	if (r->state == 'S')
		return false;
	if (r->state == 'R')
		snprintf(why, size, "thread %d runs", r->tid);
	else if (r->state == 't')
		snprintf(why, size, "thread %d is held by its tracer", r->tid);
	else
		snprintf(why, size, "thread %d does not sleep (%c)", r->tid,
			r->state);
	return true;
}

/* Is this thread asleep for as long as nobody comes? WHY says no. */
static bool sleeps(const struct hang_facts *facts, const struct reading *r,
	struct thread_state *s, char *why, size_t size)
{
	if (is_dead(r->state)) {
		snprintf(s->waits_for, sizeof(s->waits_for), "%s",
			r->pid == r->tid ? "nothing: it is a zombie leader"
					 : "nothing: it ended");
		return true;
	}
	if (is_stopped(facts, r->state)) {
		snprintf(s->waits_for, sizeof(s->waits_for), "SIGCONT");
		snprintf(why, size,
			"thread %d is stopped: SIGCONT continues it", r->tid);
		return !facts->signals_come || facts->stays_stopped;
	}
	if (is_awake(r, why, size))
		return false;
	if (!wakers_inside(facts, s, why, size))
		return false;
	if (r->deliverable) {
		snprintf(why, size, "a signal waits for thread %d", r->tid);
		return false;
	}
	return true;
}

static bool unchanged(const struct readings *a, const struct readings *b)
{
	if (!a->whole || !b->whole || a->n != b->n)
		return false;
	for (int i = 0; i < a->n; i++)
		if (a->v[i].tid != b->v[i].tid ||
			a->v[i].state != b->v[i].state ||
			a->v[i].switches != b->v[i].switches)
			return false;
	return true;
}

static bool has_posix_timers(pid_t pid)
{
	char path[32], c;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/timers", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? 0 : read(fd, &c, 1);
	if (fd >= 0)
		close(fd);
	return n > 0;
}

/*
 * Can no interval timer of this thread's process end its sleep? Those that
 * count its processor time (ITIMER_VIRTUAL, ITIMER_PROF) stand still while all
 * sleep: it is ITIMER_REAL, alarm(2), that could. *ASSUMED is set where this
 * is only likely.
 */
static bool no_itimer(const struct hang_facts *facts, const struct reading *r,
	bool *assumed, char *why, size_t size)
{
	if (is_dead(r->state) || (facts->timers_impossible && r->filtered))
		return true;
	if (!facts->overlook_itimers && facts->timers_impossible)
		snprintf(why, size,
			"thread %d has no filter: it may have set a timer",
			r->tid);
	else if (!facts->overlook_itimers)
		snprintf(why, size,
			"an interval timer may run: the kernel "
			"does not show them");
	else if (r->catches_alarm)
		snprintf(why, size,
			"process %d catches SIGALRM: a timer of its own, which "
			"the kernel does not show, may wake it",
			r->pid);
	*assumed = true;
	return facts->overlook_itimers && !r->catches_alarm;
}

/* No timer of any kind can send a signal to a sleeper. */
static bool no_timers(const struct hang_facts *facts,
	const struct readings *all, bool *assumed, char *why, size_t size)
{
	*assumed = false;
	for (int i = 0; i < facts->npids; i++)
		if (has_posix_timers(facts->pids[i])) {
			snprintf(why, size, "process %d has a timer",
				facts->pids[i]);
			return false;
		}
	for (int i = 0; i < all->n; i++)
		if (!no_itimer(facts, &all->v[i], assumed, why, size))
			return false;
	return true;
}

static void say_proof(struct hang *hang, int asleep, int stopped, bool assumed)
{
	const char *timers =
		assumed ? "no timer is seen, as an alarm(2) would not be"
			: "no timer can fire";
	const char *stays =
		stopped ? ", nobody of it is left to send SIGCONT" : "";

	if (asleep == 1)
		snprintf(hang->reason, sizeof(hang->reason),
			"%s thread %s%s, and %s",
			hang->nthreads > 1 ? "the only living" : "its only",
			stopped ? "is stopped"
				: "sleeps without time-out, nobody but itself "
				  "could wake it",
			stays, timers);
	else
		snprintf(hang->reason, sizeof(hang->reason),
			"%d threads sleep at once without time-out%s, only "
			"they could wake each other%s, and %s",
			asleep, stopped ? " or are stopped" : "", stays,
			timers);
}

/* One that is not shown is counted with one that is, and waits for the same. */
static void count_alike(struct hang *hang, const struct thread_state *s)
{
	for (int i = 0; i < hang->nthreads; i++) {
		struct thread_state *t = &hang->threads[i];

		if (t->pid == s->pid && t->state == s->state &&
			!strncmp(s->call, "futex", 5) &&
			!strcmp(t->call, s->call) && t->args[0] == s->args[0]) {
			t->alike++;
			return;
		}
	}
}

bool hang_prove(const struct hang_facts *facts, struct hang *hang)
{
	static struct readings first, second;
	static struct thread_state unshown;
	int asleep = 0, stopped = 0;
	bool ok = true, assumed;

	hang->handles = false;
	read_all(&first, facts);
	hang->nthreads = first.n < HANG_THREADS ? first.n : HANG_THREADS;
	hang->unshown = first.n - hang->nthreads;
	for (int i = 0; i < first.n; i++) {
		struct thread_state *s =
			i < HANG_THREADS ? &hang->threads[i] : &unshown;
		char why[sizeof(hang->reason)];

		describe(s, &first.v[i]);
		if (s == &unshown)
			count_alike(hang, s);
		stopped += is_stopped(facts, s->state);
		if (sleeps(facts, &first.v[i], s, why, sizeof(why))) {
			asleep += !is_dead(s->state);
			continue;
		}
		if (ok)
			memcpy(hang->reason, why, sizeof(why));
		ok = false;
	}
	if (!ok || !no_timers(facts, &first, &assumed, hang->reason,
			   sizeof(hang->reason)))
		return false;
	read_all(&second, facts);
	if (!asleep || !unchanged(&first, &second)) {
		snprintf(hang->reason, sizeof(hang->reason),
			"some thread ran meanwhile");
		return false;
	}
	say_proof(hang, asleep, stopped, assumed);
	for (int i = 0; i < first.n && facts->signals_come; i++)
		hang->handles = hang->handles || first.v[i].handles;
	if (hang->handles)
		strncat(hang->reason,
			"; but it handles signals, of which one "
			"may come",
			sizeof(hang->reason) - strlen(hang->reason) - 1);
	return true;
}
