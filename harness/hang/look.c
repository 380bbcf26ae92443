/* SPDX-License-Identifier: MIT */
/* look.c: what /proc tells of the threads of a cell. It judges nothing. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hang/hang.h"
#include "hang/outside.h"
#include "hang/wakers.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/proc.h"

/* Daemons are asked by these to end, or to read their settings again. */
#define BIT(sig) (1UL << ((sig)-1))
#define REQUESTS (BIT(SIGHUP) | BIT(SIGTERM) | BIT(SIGUSR1) | BIT(SIGUSR2))

bool hang_parse_status(const char *status, struct hang_thread *t)
{
	unsigned long own, shared, blocked, caught, seccomp, more;
	const char *state = proc_line(status, "State");

	if (!state || !proc_number(status, "SigPnd", 16, &own) ||
		!proc_number(status, "ShdPnd", 16, &shared) ||
		!proc_number(status, "SigBlk", 16, &blocked) ||
		!proc_number(status, "SigCgt", 16, &caught) ||
		!proc_number(
			status, "voluntary_ctxt_switches", 10, &t->switches) ||
		!proc_number(status, "nonvoluntary_ctxt_switches", 10, &more))
		return false;
	t->state = *state;
	t->switches += more;
	t->deliverable = (own | shared) & ~blocked;
	t->filtered = proc_number(status, "Seccomp", 10, &seccomp) && seccomp;
	t->handles = (caught & REQUESTS) != 0;
	t->catches_alarm = (caught & BIT(SIGALRM)) != 0;
	return true;
}

static int read_thread(struct hang_thread *t, pid_t pid, pid_t tid)
{
	char buf[8192];
	ssize_t n = proc_read(buf, sizeof(buf), "%d/task/%d/status", pid, tid);

	*t = (struct hang_thread){ .pid = pid, .tid = tid };
	if (n < 0)
		return (int)n;
	return hang_parse_status(buf, t) ? 0 : -ENODATA;
}

static void add_thread(struct hang_reading *all, pid_t pid, pid_t tid)
{
	int err;

	if (all->n == HANG_READ_MAX) {
		all->left = HANG_READ_FULL;
		return;
	}
	err = read_thread(&all->v[all->n], pid, tid);
	if (!err)
		all->n++;
	else if (err == -ENOENT || err == -ESRCH)
		all->left = HANG_READ_GONE;
	else
		all->left = HANG_READ_CLOSED;
}

static void read_process(struct hang_reading *all, pid_t pid)
{
	DIR *threads = proc_open_threads(pid);
	pid_t tid;

	if (!threads)
		all->left = errno == ENOENT ? HANG_READ_GONE : HANG_READ_CLOSED;
	while (threads && (tid = proc_next_thread(threads)))
		add_thread(all, pid, tid);
	if (threads)
		closedir(threads);
}

static void read_all(struct hang_reading *all, const struct hang_facts *facts)
{
	all->n = 0;
	all->left = HANG_READ_ALL;
	for (int i = 0; i < facts->npids; i++)
		read_process(all, facts->pids[i]);
}

/* /proc/TID/syscall: "NR A0 .. A5 SP PC" in a call, "running", or "-1 SP PC".
 */
static void read_call(struct hang_sleep *s, pid_t pid, pid_t tid)
{
	char buf[512];
	unsigned long long a[8] = { 0 };

	memset(s, 0, sizeof(*s));
	s->nr = -1;
	if (proc_read(buf, sizeof(buf), "%d/task/%d/syscall", pid, tid) <= 0 ||
		sscanf(buf, "%d %llx %llx %llx %llx %llx %llx %llx %llx",
			&s->nr, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &a[6],
			&a[7]) != 9)
		return;
	for (int i = 0; i < 6; i++)
		s->args[i] = a[i];
	s->sp = a[6];
	s->ip = a[7];
	calls_name(proc_is_32(tid) ? ARCH_COMPAT : ARCH_NATIVE, s->nr, s->call,
		sizeof(s->call));
}

static void look_at_object(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s)
{
	switch (wakers_object(s)) {
	case WAKERS_WORD:
		outside_look_word(facts, tid, s);
		break;
	case WAKERS_PIPE:
		outside_look_pipe(facts, tid, s);
		break;
	case WAKERS_NOTHING:
		break;
	}
}

/* Without CONFIG_CHECKPOINT_RESTORE the file is not there. */
static enum hang_answer has_timer(pid_t pid)
{
	char c[2];
	ssize_t n = proc_read(c, sizeof(c), "%d/timers", pid);

	if (n < 0)
		return HANG_UNKNOWN;
	return n > 0 ? HANG_YES : HANG_NO;
}

static void look_at_timers(struct hang_look *look)
{
	const struct hang_facts *facts = look->facts;

	look->timer = HANG_NO;
	for (int i = 0; i < facts->npids && look->timer != HANG_YES; i++) {
		enum hang_answer said = has_timer(facts->pids[i]);

		if (said == HANG_NO ||
			(said == look->timer && said == HANG_UNKNOWN))
			continue;
		look->timer = said;
		look->timer_pid = facts->pids[i];
	}
}

void hang_look_first(struct hang_look *look, const struct hang_facts *facts)
{
	look->facts = facts;
	look->second.n = -1;
	look->itimers_asked = false;
	memset(look->asked, 0, sizeof(look->asked));
	read_all(&look->first, facts);
	for (int i = 0; i < look->first.n; i++) {
		const struct hang_thread *t = &look->first.v[i];

		read_call(&look->sleeps[i], t->pid, t->tid);
		if (t->state == 'S')
			look_at_object(facts, t->tid, &look->sleeps[i]);
	}
	look_at_timers(look);
	look->news = facts->stops_told && proc_news(true);
}

void hang_look_again(struct hang_look *look)
{
	read_all(&look->second, look->facts);
	look->news = proc_news(look->facts->stops_told);
}

/* A thread of PID that sleeps and may make any call; -1: it has none. */
static int whom_to_ask(const struct hang_reading *r, pid_t pid)
{
	for (int i = 0; i < r->n; i++)
		if (r->v[i].pid == pid && r->v[i].state == 'S' &&
			!r->v[i].filtered)
			return i;
	return -1;
}

void hang_look_itimers(struct hang_look *look)
{
	const struct hang_reading *r = &look->first;
	pid_t told = 0;

	look->itimers_asked = true;
	look->no_itimer = HANG_YES;
	/* The threads of a process stand together. */
	for (int i = 0; i < r->n && look->no_itimer == HANG_YES; i++) {
		int k;

		if (r->v[i].pid == told ||
			!hang_may_have_itimer(look->facts, &r->v[i]))
			continue;
		look->itimer_pid = told = r->v[i].pid;
		k = whom_to_ask(r, told);
		look->no_itimer = HANG_UNKNOWN;
		if (k < 0)
			break;
		look->asked[k] = true;
		look->no_itimer = look->facts->no_itimer(
			told, r->v[k].tid, look->facts->with);
	}
	hang_look_again(look);
}

/* One that waits for the same as FIRST.v's number I; -1: none before it. */
static int same_object(const struct hang_look *look, int i)
{
	const struct hang_object *on = &look->sleeps[i].on;

	for (int k = 0; k < i; k++) {
		const struct hang_sleep *s = &look->sleeps[k];

		if (look->first.v[k].state == 'S' &&
			outside_may_have(wakers_object(s), s) &&
			s->on.dev == on->dev && s->on.inode == on->inode)
			return k;
	}
	return -1;
}

void hang_look_outside(struct hang_look *look)
{
	for (int i = 0; i < look->first.n; i++) {
		struct hang_sleep *s = &look->sleeps[i];
		enum wakers_object kind = wakers_object(s);
		int same;

		if (look->first.v[i].state != 'S' || !outside_may_have(kind, s))
			continue;
		same = same_object(look, i);
		if (same >= 0)
			s->on = look->sleeps[same].on;
		else
			outside_find(look->facts, kind, s);
	}
}

bool hang_prove(const struct hang_facts *facts, struct hang *hang)
{
	static struct hang_look look;
	hang_premise *lacks;

	hang_look_first(&look, facts);
	lacks = hang_missing(&look, hang);
	if (lacks == hang_all_still) {
		/* It takes its time: only where all else says yes. */
		hang_look_outside(&look);
		lacks = hang_missing(&look, hang);
	}
	if (lacks == hang_all_still) {
		/* Only now: who came or went while we looked is to be seen. */
		hang_look_again(&look);
		lacks = hang_missing(&look, hang);
	}
	if (lacks == hang_no_itimer && facts->no_itimer) {
		hang_look_itimers(&look);
		lacks = hang_missing(&look, hang);
	}
	for (int i = 0; i < hang->nthreads; i++) {
		struct thread_state *s = &hang->threads[i];

		proc_read(s->wchan, sizeof(s->wchan), "%d/task/%d/wchan",
			s->pid, s->tid);
	}
	return !lacks;
}
