/* SPDX-License-Identifier: MIT */
/* hang.c: from thread states to a proof that nobody can wake them. */
#include "hang.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "wakers.h"

/* What must not change between the two readings. */
struct reading {
	pid_t pid, tid;
	char state;
	unsigned long switches;	   /* voluntary and not */
	unsigned long deliverable; /* signals that wait and are not blocked */
	bool filtered;
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
	calls_name(is_32(s->tid) ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64, s->nr,
		s->call, sizeof(s->call));
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
	if (r->state == 'T') {
		snprintf(s->waits_for, sizeof(s->waits_for), "SIGCONT");
		return true;
	}
	if (r->state != 'S') {
		snprintf(why, size, "thread %d does not sleep (%c)", r->tid,
			r->state);
		return false;
	}
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

/* No timer of any kind can send a signal to a sleeper. */
static bool no_timers(const struct hang_facts *facts,
	const struct readings *all, char *why, size_t size)
{
	for (int i = 0; i < facts->npids; i++)
		if (has_posix_timers(facts->pids[i])) {
			snprintf(why, size, "process %d has a timer",
				facts->pids[i]);
			return false;
		}
	if (facts->overlook_itimers)
		return true;
	if (!facts->timers_impossible) {
		snprintf(why, size,
			"an interval timer may run: the kernel "
			"does not show them");
		return false;
	}
	for (int i = 0; i < all->n; i++)
		if (!all->v[i].filtered && !is_dead(all->v[i].state)) {
			snprintf(why, size,
				"thread %d has no filter: it may have set a "
				"timer",
				all->v[i].tid);
			return false;
		}
	return true;
}

bool hang_prove(const struct hang_facts *facts, struct hang *hang)
{
	static struct readings first, second;
	static struct thread_state unshown;
	int asleep = 0;
	bool ok = true;

	read_all(&first, facts);
	hang->nthreads = first.n < EV_THREADS ? first.n : EV_THREADS;
	hang->unshown = first.n - hang->nthreads;
	for (int i = 0; i < first.n; i++) {
		struct thread_state *s =
			i < EV_THREADS ? &hang->threads[i] : &unshown;
		char why[sizeof(hang->reason)];

		describe(s, &first.v[i]);
		if (sleeps(facts, &first.v[i], s, why, sizeof(why))) {
			asleep += !is_dead(first.v[i].state);
			continue;
		}
		if (ok)
			memcpy(hang->reason, why, sizeof(why));
		ok = false;
	}
	if (!ok ||
		!no_timers(facts, &first, hang->reason, sizeof(hang->reason)))
		return false;
	read_all(&second, facts);
	if (!asleep || !unchanged(&first, &second)) {
		snprintf(hang->reason, sizeof(hang->reason),
			"some thread ran meanwhile");
		return false;
	}
	snprintf(hang->reason, sizeof(hang->reason),
		"%d thread%s sleep%s at once without time-out, only they could "
		"wake each other, and no timer %s",
		asleep, asleep == 1 ? "" : "s", asleep == 1 ? "s" : "",
		facts->overlook_itimers ? "is known" : "can fire");
	return true;
}
