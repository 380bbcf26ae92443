/* SPDX-License-Identifier: MIT */
/* wakers.c: what could wake a sleeping thread. Pure. */
#include "hang/wakers.h"

#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

__attribute__((format(printf, 3, 4))) static enum hang_answer because(
	const struct waker *w, enum hang_answer answer, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(w->why, w->size, format, ap);
	va_end(ap);
	return answer;
}

/* What is no longer the cell's own, or may not be, and whose it is. */
static enum hang_answer is_inside(
	const struct waker *w, const char *has, const char *hides)
{
	const struct hang_object *on = &w->s->on;

	if (on->outside == HANG_NO)
		return HANG_YES;
	if (on->outside == HANG_YES)
		return because(w, HANG_NO, has, w->tid, on->outsider);
	if (!on->outsider)
		return because(w, HANG_UNKNOWN,
			"who shares what thread %d waits on cannot be known: "
			"/proc cannot be read",
			w->tid);
	if (on->sent)
		return because(w, HANG_UNKNOWN,
			"what thread %d waits on may have been sent to process "
			"%d, which has not received it yet",
			w->tid, on->outsider);
	return because(w, HANG_UNKNOWN, hides, w->tid, on->outsider);
}

static enum hang_answer word_inside(const struct waker *w)
{
	const struct hang_object *on = &w->s->on;

	if (on->found == HANG_UNKNOWN)
		return because(w, HANG_UNKNOWN,
			"the maps of thread %d cannot be read", w->tid);
	if (on->found == HANG_NO)
		return because(w, HANG_NO, "thread %d waits on unmapped memory",
			w->tid);
	if (on->own)
		return HANG_YES;
	if (on->runners)
		return because(w, HANG_NO,
			"thread %d waits on the runner's own page", w->tid);
	return is_inside(w,
		"thread %d waits on memory that process %d, outside, maps too",
		"thread %d waits on shared memory, and the maps of process %d "
		"cannot be read");
}

static bool futex_waits(const struct hang_sleep *s)
{
	int op = (int)s->args[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);

	return op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET ||
	       op == FUTEX_LOCK_PI || op == FUTEX_LOCK_PI2 ||
	       op == FUTEX_WAIT_REQUEUE_PI;
}

static enum hang_answer futex_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	const struct hang_sleep *s = w->s;
	int op = (int)s->args[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	bool private = s->args[1] & FUTEX_PRIVATE_FLAG;

	snprintf(waits_for, WAITS_FOR, "%s 0x%llx, %s, %s",
		op == FUTEX_LOCK_PI || op == FUTEX_LOCK_PI2 ? "PI futex"
							    : "futex",
		(unsigned long long)s->args[0], private ? "private" : "shared",
		s->args[3] ? "with a time-out" : "no time-out");
	if (!futex_waits(s) || s->args[3])
		return because(
			w, HANG_NO, "thread %d waits with a time-out", w->tid);
	return private ? HANG_YES : word_inside(w);
}

static enum hang_answer pipe_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	const struct hang_sleep *s = w->s;
	unsigned long long fd = s->args[0];

	if (s->on.found != HANG_YES) {
		snprintf(waits_for, WAITS_FOR, "%s on descriptor %llu", s->call,
			fd);
		return because(w, HANG_NO,
			"thread %d waits on descriptor %llu, which is no pipe",
			w->tid, fd);
	}
	snprintf(waits_for, WAITS_FOR, "%s on pipe %llu, descriptor %llu",
		s->call, (unsigned long long)s->on.inode, fd);
	if (s->on.named)
		return because(w, HANG_NO,
			"thread %d waits on a FIFO that has a name: anybody "
			"may open it",
			w->tid);
	return is_inside(w,
		"thread %d waits on a pipe that process %d, outside, holds",
		"thread %d waits on a pipe, and the descriptors of process %d "
		"cannot be read");
}

static enum hang_answer signal_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	bool timed =
		!strncmp(w->s->call, "rt_sigtimedwait", 15) && w->s->args[2];

	snprintf(waits_for, WAITS_FOR, "a signal, %s",
		timed ? "with a time-out" : "no time-out");
	if (timed)
		return because(
			w, HANG_NO, "thread %d waits with a time-out", w->tid);
	if (!w->facts->signals_come)
		return HANG_YES;
	return because(w, HANG_NO, "thread %d waits for a signal from outside",
		w->tid);
}

static enum hang_answer time_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	snprintf(waits_for, WAITS_FOR, "time to pass");
	return because(w, HANG_NO, "thread %d waits for time to pass", w->tid);
}

static enum hang_answer unknown(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	const char *call = w->s->call;

	snprintf(waits_for, WAITS_FOR, "%s returning",
		call[0] ? call : "something");
	return because(w, HANG_UNKNOWN,
		"who could wake thread %d from %s is not known", w->tid,
		call[0] ? call : "where it sleeps");
}

static bool poll_is_timed(const struct hang_sleep *s)
{
	bool in_ms = !strcmp(s->call, "poll") ||
		     !strcmp(s->call, "epoll_wait") ||
		     !strcmp(s->call, "epoll_pwait");
	int at = strstr(s->call, "select")	 ? 4
		 : !strncmp(s->call, "epoll", 5) ? 3
						 : 2;

	return in_ms ? (int)s->args[at] >= 0 : s->args[at] != 0;
}

/* Waits for descriptors. */
static enum hang_answer poll_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	const struct hang_sleep *s = w->s;

	if (!poll_is_timed(s))
		return unknown(w, waits_for);
	snprintf(
		waits_for, WAITS_FOR, "%s returning, or time to pass", s->call);
	return because(w, HANG_NO, "thread %d waits with a time-out", w->tid);
}

/* Its children are the cell's: the facts' pids are closed under fork. */
static enum hang_answer child_inside(
	const struct waker *w, char waits_for[WAITS_FOR])
{
	(void)w;
	snprintf(waits_for, WAITS_FOR, "the end of a child");
	return HANG_YES;
}

static const struct rule {
	const char *call;
	enum hang_answer (*inside)(
		const struct waker *w, char waits_for[WAITS_FOR]);
	enum wakers_object object;
} rules[] = {
	{ "futex", futex_inside, WAKERS_WORD },
	{ "futex_time64", futex_inside, WAKERS_WORD },
	{ "read", pipe_inside, WAKERS_PIPE },
	{ "readv", pipe_inside, WAKERS_PIPE },
	{ "write", pipe_inside, WAKERS_PIPE },
	{ "writev", pipe_inside, WAKERS_PIPE },
	{ "pause", signal_inside },
	{ "rt_sigsuspend", signal_inside },
	{ "rt_sigtimedwait", signal_inside },
	{ "rt_sigtimedwait_time64", signal_inside },
	{ "nanosleep", time_inside },
	{ "clock_nanosleep", time_inside },
	{ "clock_nanosleep_time64", time_inside },
	{ "restart_syscall", time_inside },
	{ "poll", poll_inside },
	{ "ppoll", poll_inside },
	{ "ppoll_time64", poll_inside },
	{ "select", poll_inside },
	{ "_newselect", poll_inside },
	{ "pselect6", poll_inside },
	{ "pselect6_time64", poll_inside },
	{ "epoll_wait", poll_inside },
	{ "epoll_pwait", poll_inside },
	{ "epoll_pwait2", poll_inside },
	{ "wait4", child_inside },
	{ "waitid", child_inside },
	{ "waitpid", child_inside },
};

static const struct rule *rule_of(const struct hang_sleep *s)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].call, s->call))
			return &rules[i];
	return NULL;
}

enum hang_answer wakers_inside(const struct waker *w, char waits_for[WAITS_FOR])
{
	const struct rule *rule = rule_of(w->s);

	return rule ? rule->inside(w, waits_for) : unknown(w, waits_for);
}

bool wakers_timed(const struct hang_sleep *s)
{
	const struct rule *rule = rule_of(s);

	if (!rule)
		return !s->call[0];
	if (rule->inside == poll_inside)
		return poll_is_timed(s);
	if (rule->inside == futex_inside)
		return s->args[3];
	if (rule->inside == signal_inside)
		return !strncmp(s->call, "rt_sigtimedwait", 15) && s->args[2];
	return rule->inside == time_inside;
}

enum wakers_object wakers_object(const struct hang_sleep *s)
{
	const struct rule *rule = rule_of(s);

	if (!rule || (rule->object == WAKERS_WORD &&
			     (s->args[1] & FUTEX_PRIVATE_FLAG ||
				     !futex_waits(s) || s->args[3])))
		return WAKERS_NOTHING;
	return rule->object;
}
