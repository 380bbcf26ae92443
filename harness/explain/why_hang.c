/* SPDX-License-Identifier: MIT */
/* why_hang.c: why nobody goes on, in a sentence. */
#include "explain/why_hang.h"

#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "explain/owner.h"
#include "explain/report.h"
#include "explain/say_wait.h"
#include "explain/who.h"
#include "sys/proc.h"
#include "sys/text.h"

#define WAITERS 8 /* named; the others are counted */

/* Is there still somebody in the process that LOST was of? */
static bool lives_on(
	const struct explain_look *l, const struct explain_lost *lost)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->waits[i].process == lost->process &&
			!wait_is_dead(&l->h->hang.threads[i]))
			return !lost->whole;
	return false;
}

/* The caller of the wrapper of the refused call, which says nothing new; what
 * has no name may be the caller itself. */
static void say_caller(struct text *t, const struct explain_place *p)
{
	int i = p->frames[0].function[0] ? 1 : 0;

	while (i < p->nframes && strstr(p->frames[i].function, p->call))
		i++;
	if (i == p->nframes)
		return;
	text_put(t, ", in ");
	frame_put(t, &p->frames[i]);
}

static bool is_told(const struct explain_hang *h, int i)
{
	for (int k = 0; k < i; k++)
		if (h->kills[k].nr == h->kills[i].nr &&
			h->kills[k].arch == h->kills[i].arch &&
			h->kills[k].pid == h->kills[i].pid)
			return true;
	return false;
}

/* The log names the process, and no thread of it. */
static void say_log_of(struct text *t, const struct explain_look *l,
	const struct explain_lost *lost)
{
	pid_t pid = (pid_t)proc_status(lost->tid, "Tgid");
	bool any = false;
	char call[32];

	for (int i = 0; i < l->h->nkills; i++) {
		const struct kernel_kill *k = &l->h->kills[i];

		if (k->pid != pid || is_told(l->h, i))
			continue;
		calls_name(k->arch, k->nr, call, sizeof(call));
		text_put(t, "%s at %s",
			any ? ","
			    : " (kills of its process in the kernel's log:",
			call);
		any = true;
	}
	text_put(t, "%s", any ? ")" : "");
}

static void say_lost(struct text *t, const struct explain_look *l,
	const struct explain_lost *lost)
{
	if (lives_on(l, lost) || lost->thread > 0) {
		who_number(t, lost->process, lost->thread, lost->tid);
		if (lost->process > 0 && lost->comm[0])
			text_put(t, " (%s)", lost->comm);
	} else {
		who_process(t, lost->process, lost->comm);
	}
	text_put(t, " was killed by %s", explain_whose(lost->place));
	if (!lost->place) {
		say_log_of(t, l, lost);
		return;
	}
	text_put(t, " at %s", lost->place->call);
	say_caller(t, lost->place);
}

/* How many threads wait for what OWNER holds; *PLAIN: those of the command's
 * own process but for its main one. */
static int count_waiters(const struct explain_look *l, pid_t owner, int *plain)
{
	int n = 0;

	*plain = 0;
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->waits[i].owner == owner) {
			n += 1 + l->h->hang.threads[i].alike;
			*plain += l->h->waits[i].thread != 0 &&
				  l->h->waits[i].process <= 0;
		}
	return n;
}

/* "; the main thread, threads 3 and 5 wait for it" */
static void say_waiters(
	struct text *t, const struct explain_look *l, pid_t owner)
{
	int plain, n = count_waiters(l, owner, &plain), said = 0, numbers = 0;
	int most = n > WAITERS ? WAITERS : n;

	for (int i = 0; i < l->h->hang.nthreads && said < most; i++) {
		const struct explain_wait *w = &l->h->waits[i];

		if (w->owner != owner)
			continue;
		text_put(t, !said ? "; " : said == n - 1 ? " and " : ", ");
		said++;
		if (w->thread == 0 || w->process > 0 || plain == 1)
			who_thread(t, l, i);
		else
			text_put(t, "%s%d", numbers++ ? "" : "threads ",
				w->thread > 0 ? w->thread
					      : l->h->hang.threads[i].tid);
	}
	if (n > said)
		text_put(t, " and %d more", n - said);
	if (n)
		text_put(t, n == 1 ? " waits for it" : " wait for it");
}

static const struct explain_wait *held_by(
	const struct explain_look *l, pid_t owner)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->waits[i].owner == owner)
			return &l->h->waits[i];
	return NULL;
}

/* "... at brk, at madvise ...": each call once. */
static void say_kills(struct text *t, const struct explain_hang *h)
{
	pid_t own = h->hang.nthreads ? h->hang.threads[0].pid : 0, last = 0;
	char call[32];

	text_put(t, "a filter killed ");
	for (int i = 0; i < h->nkills; i++) {
		const struct kernel_kill *k = &h->kills[i];

		if (is_told(h, i))
			continue;
		calls_name(k->arch, k->nr, call, sizeof(call));
		text_put(t, "%s", i ? ", " : "");
		if (k->pid != last && k->action == SECCOMP_RET_KILL_THREAD)
			text_put(t, "a thread ");
		if (k->pid != last && k->pid != own)
			text_put(t, "%sprocess %d (%s) ",
				k->action == SECCOMP_RET_KILL_THREAD ? "of "
								     : "",
				(int)k->pid, k->comm);
		text_put(t, "at %s", call);
		last = k->pid;
	}
	text_put(t, ", as the kernel's log says");
}

/* Somebody who lives, and what for he waits: the main thread before others;
 * who waits for a child waits for what that waits for. */
static void say_sleeper(struct text *t, const struct explain_look *l)
{
	int who = -1;

	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct thread_state *s = &l->h->hang.threads[i];
		const struct explain_wait *w = &l->h->waits[i];

		if (!wait_is_dead(s) && strncmp(s->call, "wait", 4) != 0 &&
			(who < 0 || (w->process == 0 && w->thread == 0)))
			who = i;
	}
	if (who < 0)
		return;
	text_put(t, "; ");
	who_thread(t, l, who);
	if (l->h->hang.threads[who].waits_for[0])
		text_put(t, " waits for %s", l->h->hang.threads[who].waits_for);
	else
		text_put(t, " goes on, and does not end");
}

/* Nobody saw who it was, or what it held, but the kernel where it died. */
static void say_noted(struct text *t, const struct explain_look *l)
{
	if (!l->h->nkills)
		return;
	say_kills(t, l->h);
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->hang.threads[i].pid == l->h->kills[0].pid &&
			!wait_is_dead(&l->h->hang.threads[i])) {
			wait_say(t, l, l->h->waits[i].process, NULL);
			return;
		}
	say_sleeper(t, l);
}

/* A lock whose owner nobody saw end. */
static bool say_gone(struct text *t, const struct explain_look *l)
{
	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct explain_wait *w = &l->h->waits[i];
		char lock[160];

		if (!w->gone)
			continue;
		wait_name(w, lock, sizeof(lock));
		who_thread(t, l, i);
		text_put(t,
			" waits for %s, which thread %d held when it ended: ",
			lock, (int)w->gone);
		if (l->h->nkills)
			say_kills(t, l->h);
		else
			text_put(t, "a filter may have killed it");
		return true;
	}
	return false;
}

/* A lock in a ring: each holds what the next one waits for. */
static bool say_ring(struct text *t, const struct explain_look *l)
{
	int n = l->h->hang.nthreads;

	for (int start = 0; start < n; start++) {
		int at = start, steps = 0;

		do {
			at = wait_find(l, l->h->waits[at].owner);
		} while (at >= 0 && at != start && ++steps < n);
		if (at != start)
			continue;
		do {
			pid_t owner = l->h->waits[at].owner;

			if (at != start)
				text_put(t, ", ");
			who_thread(t, l, at);
			text_put(t, " waits for what ");
			at = wait_find(l, owner);
			who_thread(t, l, at);
			text_put(t, " holds");
		} while (at != start);
		return true;
	}
	return false;
}

static bool say_stopped(struct text *t, const struct explain_look *l)
{
	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct explain_wait *w = &l->h->waits[i];

		if (strcmp(l->h->hang.threads[i].waits_for, "SIGCONT") != 0)
			continue;
		if (w->process > 0)
			who_process(t, w->process, w->comm);
		else
			text_put(t, "it");
		text_put(t,
			" was stopped by a signal: only SIGCONT continues it");
		return true;
	}
	return false;
}

/* How much its death explains. */
enum weight {
	GONE,  /* so is its process: others may have waited for that */
	ALONE, /* its process lives on */
	MAIN,  /* ... without its main thread */
	HOLDS, /* it holds what others wait for */
};

static enum weight weight(
	const struct explain_look *l, const struct explain_lost *lost)
{
	if (held_by(l, lost->tid))
		return HOLDS;
	if (!lives_on(l, lost))
		return GONE;
	return lost->thread == 0 ? MAIN : ALONE;
}

static void say_guilty(struct text *t, const struct explain_look *l,
	const struct explain_lost *lost)
{
	enum weight how = weight(l, lost);

	say_lost(t, l, lost);
	if (how == HOLDS) {
		char lock[160];

		wait_name(held_by(l, lost->tid), lock, sizeof(lock));
		text_put(t, ", holding %s", lock);
		say_waiters(t, l, lost->tid);
	} else if (how == GONE) {
		say_sleeper(t, l);
	} else {
		wait_say(t, l, lost->process, lost);
	}
	if (lost->thread == 0 && lives_on(l, lost))
		text_put(t,
			"; the process lives on without it, and its parent is "
			"told nothing");
}

static void find_cause(const struct explain_look *l)
{
	struct text t = text_in(l->h->cause, sizeof(l->h->cause));
	const struct explain_lost *guilty = NULL;

	for (int i = 0; i < l->nlost; i++)
		if (!guilty || weight(l, &l->lost[i]) > weight(l, guilty))
			guilty = &l->lost[i];
	if (guilty && weight(l, guilty) == HOLDS)
		say_guilty(&t, l, guilty);
	else if (say_stopped(&t, l) || say_ring(&t, l))
		return;
	else if (guilty)
		say_guilty(&t, l, guilty);
	else if (!say_gone(&t, l))
		say_noted(&t, l);
}

void explain_hang_look(struct explain_hang *h, struct stack_cache *stacks,
	const struct explain_lost *lost, int nlost)
{
	const struct explain_look l = { h, stacks, lost,
		nlost < EXPLAIN_LOST ? nlost : EXPLAIN_LOST };

	for (int i = 0; i < h->hang.nthreads; i++) {
		proc_comm(h->hang.threads[i].pid, h->waits[i].comm,
			sizeof(h->waits[i].comm));
		explain_look_at(&l, i);
	}
	find_cause(&l);
}
