/* SPDX-License-Identifier: MIT */
/* cause.c: how it ended under the filter, and why, in a sentence. */
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "sys/calls.h"
#include "explain/filter.h"
#include "explain/report.h"
#include "stack/fatal.h"
#include "sys/text.h"

static const struct explain_place *last_refused(const struct explain_seen *seen)
{
	const struct explain_place *last = NULL;

	for (int i = 0; i < seen->places.n; i++)
		if (!last || seen->places.list[i]->last_us > last->last_us)
			last = seen->places.list[i];
	return last;
}

/* The function to blame: the one that gave up, if one did, not what it calls
 * to do so. Where it has no name, no caller's is taken. Good until the next
 * call. */
static const char *function_of(const struct frame *frames, int n)
{
	static char name[FRAME_ROOM];
	struct text t = text_in(name, sizeof(name));

	for (int i = n - 1; i >= 0; i--)
		if (stack_fatal(&frames[i], 1))
			return frames[i].shown;
	if (!n)
		return "code without a name";
	if (!frames[0].function[0] && !frames[0].module[0])
		text_put(&t, "code without a name at ");
	frame_put(&t, &frames[0]);
	return name;
}

/* Its handler for a crash may have been killed: the crash came in both runs,
 * and ended the one that was let go. */
static bool crash_came(const struct explained *e)
{
	return e->real.crash_signal && e->let.ended &&
	       WIFSIGNALED(e->let.status) &&
	       WTERMSIG(e->let.status) == e->real.crash_signal;
}

/* Of a chain the first link counts: who was killed on his way to tell of
 * another process's death, which he never met without it, is no culprit. */
static const struct explain_lost *first_link(
	const struct explained *e, const struct explain_place *p)
{
	const struct explain_seen *seen = &e->real;

	if (explain_is_met(&e->let.places, p) || e->let.out < 0)
		return NULL;
	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++)
		if (seen->lost[i].whole && seen->lost[i].place &&
			seen->lost[i].place->first_us < p->first_us)
			return &seen->lost[i];
	return NULL;
}

static void killed(const struct explained *e, const struct explain_place *p,
	struct text *t)
{
	const struct explain_lost *link = first_link(e, p);

	const char *hides = "%s's kill at %s hides a crash: without it SIG%s "
			    "had ended it, %s %s";
	const char *who = explain_whose(p);

	if (p->masks)
		text_put(t, hides, who, p->call, sigabbrev_np(p->masks), "by",
			function_of(p->frames, p->nframes));
	else if (crash_came(e))
		text_put(t, hides, who, p->call,
			sigabbrev_np(e->real.crash_signal), "in",
			function_of(
				e->real.crash_frames, e->real.ncrash_frames));
	else if (link)
		text_put(t,
			"%s killed process %d (%s) at %s%s%s; what came of "
			"that it was killed for, at %s",
			explain_whose(link->place), link->process, link->comm,
			link->place->call, link->place->need[0] ? ": " : "",
			link->place->need, p->call);
	else
		text_put(t, "%s killed it at %s%s%s", who, p->call,
			p->need[0] ? ": " : "", p->need);
}

/* By another signal: an answer that nobody can work with. */
static void crashed(const struct explained *e, const struct explain_place *p,
	struct text *t)
{
	const struct explain_seen *seen = &e->real;
	int masked = stack_fatal(seen->crash_frames, seen->ncrash_frames);
	const char *name = sigabbrev_np(seen->crash_signal);
	char deals[64];

	explain_verdict(p->verdict, deals, sizeof(deals));
	if (crash_came(e))
		text_put(t,
			"SIG%s in %s, and with each refused call let through "
			"as well",
			name,
			function_of(seen->crash_frames, seen->ncrash_frames));
	else if (masked && masked != seen->crash_signal)
		text_put(t,
			"SIG%s is not the crash but its remains: %s %s to %s, "
			"and so SIG%s did not end it",
			name, explain_whose(p), deals, p->call,
			sigabbrev_np(masked));
	else
		text_put(t, "SIG%s in %s, after %s %s to %s%s%s", name,
			function_of(seen->crash_frames, seen->ncrash_frames),
			explain_whose(p), deals, p->call,
			p->need[0] ? ": " : "", p->need);
}

static void lost(const struct explain_seen *seen, struct text *t)
{
	const struct explain_lost *l = &seen->lost[0];

	text_put(t, "%s exited %d though %s had killed %s %d at %s",
		explain_who(seen), WEXITSTATUS(seen->status),
		explain_whose(l->place), l->whole ? "process" : "thread",
		l->whole ? l->process : l->thread,
		l->place ? l->place->call : "a call");
}

/* It gave up, and would not have without the filter. */
static void failed(const struct explained *e, struct text *t)
{
	const struct explain_place *p = e->real.places.list[0];
	char deals[64];

	explain_verdict(p->verdict, deals, sizeof(deals));
	text_put(t, "%s exited %d; %s %s first to %s%s%s",
		explain_who(&e->real), WEXITSTATUS(e->real.status),
		explain_whose(p), deals, p->call, p->need[0] ? ": " : "",
		p->need);
}

/* Where it was refused to ask for, or set, SIG's handler; NULL: nowhere. Only
 * the first calls of a place are kept: another signal's may hide it. */
static const struct explain_place *handler_refused(
	const struct explain_seen *seen, const char *sig)
{
	char asks[64];

	snprintf(asks, sizeof(asks), "rt_sigaction(%s, ", sig);
	for (int i = 0; i < seen->places.n; i++) {
		const struct explain_place *p = seen->places.list[i];

		for (int k = 0; k < p->ntexts; k++)
			if (!strncmp(p->texts[k], asks, strlen(asks)))
				return p;
	}
	return NULL;
}

/* By a signal that is no crash, but that it would have lived through. */
static void ended_by_signal(const struct explained *e, int sig, struct text *t)
{
	char name[TEXT_SIGNAL], deals[64];
	const struct explain_place *p;

	text_signal(sig, name);
	p = handler_refused(&e->real, name);
	if (p) {
		explain_verdict(p->verdict, deals, sizeof(deals));
		text_put(t, "%s ended %s; %s %s to %s of that signal", name,
			explain_who(&e->real), explain_whose(p), deals,
			p->call);
		return;
	}
	p = e->real.places.list[0];
	explain_verdict(p->verdict, deals, sizeof(deals));
	text_put(t, "%s ended %s; %s %s first to %s%s%s", name,
		explain_who(&e->real), explain_whose(p), deals, p->call,
		p->need[0] ? ": " : "", p->need);
}

/* The filter refused nothing: it cannot be that. */
static void by_itself(const struct explain_seen *seen, struct text *t)
{
	if (seen->ended && seen->crash_signal && WIFSIGNALED(seen->status))
		text_put(t,
			"SIG%s in %s, of its own: the filter had refused "
			"nothing",
			sigabbrev_np(seen->crash_signal),
			function_of(seen->crash_frames, seen->ncrash_frames));
}

/* It crashes without the filter as well, and nothing on the stack of the
 * refused call said so: it came before, or the program is stripped. */
static void crashes_anyway(const struct explained *e, struct text *t)
{
	int sig = e->let.crash_signal;

	if (t->n && e->let.ended && WIFSIGNALED(e->let.status) &&
		sig == WTERMSIG(e->let.status) && !strstr(t->to, "SIG"))
		text_put(t,
			"; but without it SIG%s ends the program too, in %s",
			sigabbrev_np(sig),
			function_of(e->let.crash_frames, e->let.ncrash_frames));
}

const struct explain_place *explain_noted(const struct explain_places *places,
	const struct kernel_kill *kill, int *there)
{
	const struct explain_place *same = NULL, *at = NULL;

	*there = 0;
	for (int i = 0; i < places->n; i++) {
		const struct explain_place *p = places->list[i];

		if (p->nr != kill->nr || p->arch != kill->arch ||
			(p->verdict & SECCOMP_RET_ACTION_FULL) != kill->action)
			continue;
		same = p;
		if (p->ip != kill->ip)
			continue;
		++*there;
		at = p;
	}
	return at ? at : same;
}

/* The kill to tell of: what it died of, if the last of its own is that. */
static const struct kernel_kill *last_noted(
	const struct explain_seen *seen, bool died)
{
	for (int i = seen->nkills - 1; died && i >= 0; i--)
		if (seen->kills[i].pid == seen->pid)
			return &seen->kills[i];
	return &seen->kills[seen->nkills - 1];
}

/* Nobody saw it but the kernel. */
static void noted(const struct explained *e, struct text *t)
{
	const struct explain_seen *seen = &e->real;
	bool died = seen->ended && WIFSIGNALED(seen->status);
	const struct kernel_kill *kill = last_noted(seen, died);
	int there;
	const struct explain_place *p =
		explain_noted(&e->let.places, kill, &there);
	const char *who = died ? "it" : "a thread of it";
	char call[32];

	calls_name(kill->arch, kill->nr, call, sizeof(call));
	if (there == 1 && died && kill->pid == seen->pid)
		killed(e, p, t);
	else if (kill->pid == seen->pid)
		text_put(t, "%s filter killed %s at %s", p ? "the" : "a", who,
			call);
	else
		text_put(t, "%s filter killed %sprocess %d (%s) at %s",
			p ? "the" : "a",
			kill->action == SECCOMP_RET_KILL_THREAD ? "a thread of "
								: "",
			(int)kill->pid, kill->comm, call);
	text_put(t, "; the kernel's log says where");
}

/* Nobody saw what it was refused. The same calls were met when they were let
 * go: the first that the filter kills is where it killed, if one is. */
static void guessed(const struct explained *e, struct text *t)
{
	bool died = e->real.ended && WIFSIGNALED(e->real.status);
	const struct explain_place *p = NULL;
	char deals[64];

	for (int i = 0; i < e->let.places.n && !p; i++)
		if (!died || !explain_errno(e->let.places.list[i]->verdict))
			p = e->let.places.list[i];
	if (!p || !e->real.ended || e->real.status == e->let.status)
		return;
	explain_verdict(p->verdict, deals, sizeof(deals));
	text_put(t,
		"as it was not traced, a guess: the filter %s at %s, "
		"the first such call below%s%s",
		deals, p->call, p->need[0] ? ": " : "", p->need);
}

/* What is tried again for ever is the cause itself. */
static void spun(const struct explain_seen *seen, struct text *t)
{
	const struct explain_place *p = last_refused(seen);
	char deals[64];

	explain_verdict(p->verdict, deals, sizeof(deals));
	text_put(t,
		"%s does not take no for an answer: the filter %s to %s%s%s",
		function_of(p->frames + (p->nframes > 1),
			p->nframes - (p->nframes > 1)),
		deals, p->call, p->need[0] ? ": " : "", p->need);
}

/* Nothing that its threads wait for says why; but it is not so without the
 * filter, which answered with an errno. */
static bool hangs_by_answer(const struct explained *e)
{
	const struct explain_hang *h = e->real.hang;

	return !h->cause[0] && !h->hang.spins && e->real.places.n &&
	       !e->real.nlost && e->let.ended && !e->let.hang &&
	       explain_errno(e->real.places.list[0]->verdict);
}

static void hung_by_answer(const struct explained *e, struct text *t)
{
	const struct explain_place *p = e->real.places.list[0];
	char deals[64];

	explain_verdict(p->verdict, deals, sizeof(deals));
	text_put(t,
		"the filter %s first to %s%s%s; with each refused call let "
		"through it %s",
		deals, p->call, p->need[0] ? ": " : "", p->need,
		e->real.hang->busy ? "ends by itself" : "does not hang");
}

static void hung(const struct explained *e, struct text *t)
{
	const struct explain_hang *h = e->real.hang;

	if (hangs_by_answer(e)) {
		hung_by_answer(e, t);
		return;
	}
	if (h->busy)
		return;
	/* Of ends that are refused the reason says all. */
	if (h->hang.spins && !h->cause[0] && last_refused(&e->real) &&
		strncmp(last_refused(&e->real)->call, "exit", 4) != 0) {
		spun(&e->real, t);
		return;
	}
	text_put(t, "%s%s", h->cause[0] ? h->cause : h->hang.reason,
		e->let.hang && !e->let.timed_out
			? "; but with each refused call let through it hangs "
			  "too"
			: "");
}

/* Or that is not known: it was ended, or did not run without. */
static bool ends_alike(const struct explained *e)
{
	if (e->let.ended)
		return e->let.status == e->real.status;
	return !e->let.timed_out || e->let.us <= e->real.us;
}

void explain_cause(const struct explained *e, char *text, size_t size)
{
	const struct explain_seen *seen = &e->real;
	struct text t = text_in(text, size);
	const struct explain_place *p = last_refused(seen);
	int sig = WIFSIGNALED(seen->status) ? WTERMSIG(seen->status) : 0;

	if (seen->hang)
		hung(e, &t);
	else if (seen->nkills)
		noted(e, &t);
	else if (e->untraced)
		guessed(e, &t);
	else if (!p)
		by_itself(seen, &t);
	else if (!seen->ended)
		return;
	else if (sig == SIGSYS || (sig == SIGKILL && p->killed_thread))
		killed(e, p, &t);
	else if (sig && sig == seen->crash_signal)
		crashed(e, p, &t);
	else if (!sig && seen->nlost)
		lost(seen, &t);
	else if (seen->status && !ends_alike(e))
		sig ? ended_by_signal(e, sig, &t) : failed(e, &t);
	crashes_anyway(e, &t);
}
