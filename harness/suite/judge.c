/* SPDX-License-Identifier: MIT */
/* judge.c: evidence -> outcome. Pure. */
#include "suite/judge.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "probe/cell.h"
#include "stack/fatal.h"
#include "sys/text.h"

static const char *const outcome_names[] = {
	[OUT_BROKEN] = "broken",
	[OUT_WORKS] = "works",
	[OUT_FAILS] = "fails",
	[OUT_EXITS] = "exits",
	[OUT_DIES] = "dies",
	[OUT_LOSES] = "loses-thread",
	[OUT_CRASHES] = "crashes",
	[OUT_MASKS] = "masks-crash",
	[OUT_HANGS] = "hangs",
	[OUT_ZOMBIE] = "zombie-leader",
	[OUT_ESCAPES] = "escapes",
	[OUT_SKIP] = "skip",
};

static const char *const verdict_names[] = {
	[VERDICT_PASS] = "pass",
	[VERDICT_FAIL] = "fail",
	[VERDICT_BROKEN] = "broken",
	[VERDICT_SKIP] = "skip",
	[VERDICT_NONE] = "undeclared",
	[VERDICT_KNOWN] = "known",
	[VERDICT_MISSING] = "missing",
};

const char *judge_outcome_name(enum outcome outcome)
{
	return outcome_names[outcome];
}

const char *judge_verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

enum verdict judge_verdict_named(const char *name)
{
	for (int v = 0; v < VERDICT_MISSING; v++)
		if (!strcmp(name, verdict_names[v]))
			return (enum verdict)v;
	return VERDICT_BROKEN;
}

static void set(
	struct judged *out, enum outcome outcome, int num, const char *call)
{
	out->outcome = outcome;
	out->num = num;
	snprintf(out->call, sizeof(out->call), "%s", call ? call : "");
}

void judge_refusals(struct evidence *ev, bool strict)
{
	int sig = ev->ended && WIFSIGNALED(ev->wait_status)
			  ? WTERMSIG(ev->wait_status)
			  : 0;
	int last = ev->nrefusals;

	while (last-- > 0)
		if (ev->refusals[last].end != REFUSAL_ANSWERED)
			break;
	for (int i = 0; i < ev->nrefusals; i++)
		if (ev->refusals[i].end == REFUSAL_PROCESS)
			ev->refusals[i].end = REFUSAL_THREAD;
	if (last >= 0 && (sig == SIGSYS || (strict && sig == SIGKILL)))
		ev->refusals[last].end = REFUSAL_PROCESS;
}

/* The process is gone, by the filter or by a signal. */
static void judge_death(const struct declaration *d, const struct place *place,
	const struct evidence *ev, struct judged *out)
{
	int sig = WTERMSIG(ev->wait_status);
	const struct refusal *last = NULL;

	for (int i = 0; i < ev->nrefusals; i++)
		if (ev->refusals[i].end == REFUSAL_PROCESS)
			last = &ev->refusals[i];
	if (place->filtered && last && (sig == SIGSYS || sig == SIGKILL)) {
		int masked = stack_fatal(last->frames, last->nframes);

		set(out, masked ? OUT_MASKS : OUT_DIES, masked, last->call);
	} else if (place->filtered && sig == SIGSYS) {
		set(out, OUT_DIES, 0, "?");
	} else if (!place->filtered && sig == d->probe.dies_of) {
		set(out, OUT_WORKS, 0, NULL);
	} else {
		set(out, OUT_CRASHES, sig, NULL);
	}
}

static void judge_exit(const struct declaration *d, const struct evidence *ev,
	struct judged *out)
{
	int status = WEXITSTATUS(ev->wait_status), lost = 0;

	while (lost < ev->nrefusals && ev->refusals[lost].end != REFUSAL_THREAD)
		lost++;
	if (lost < ev->nrefusals)
		set(out, OUT_LOSES, 0, ev->refusals[lost].call);
	else if (ev->stage == CELL_DONE && ev->result)
		set(out, OUT_FAILS, ev->result, NULL);
	else if (d->probe.exits_set ? status == d->probe.exits
				    : ev->stage == CELL_DONE)
		set(out, OUT_WORKS, 0, NULL);
	else
		set(out, OUT_EXITS, status, NULL);
}

/* How it came to its end before the filter was loaded. */
static void describe_early_end(
	const struct evidence *ev, char *text, size_t size)
{
	static const char *const at[] = {
		[0] = "before main",
		[CELL_STARTED] = "in setup",
		[CELL_SET_UP] = "as the filter was loaded",
	};
	const char *where = ev->stage < sizeof(at) / sizeof(*at)
				    ? at[ev->stage]
				    : "at a stage that is none";
	int sig = ev->ended && WIFSIGNALED(ev->wait_status)
			  ? WTERMSIG(ev->wait_status)
			  : 0;

	if (ev->hung)
		snprintf(text, size, "the filter was never loaded: hung %s, %s",
			where,
			ev->hang.spins	     ? "it spins"
			: ev->hang.reason[0] ? ev->hang.reason
					     : "deadline");
	else if (sig)
		snprintf(text, size,
			"ended before the filter was loaded: SIG%s %s",
			sigabbrev_np(sig) ? sigabbrev_np(sig) : "?", where);
	else if (ev->ended)
		snprintf(text, size,
			"ended before the filter was loaded: status %d %s",
			WEXITSTATUS(ev->wait_status), where);
	else
		snprintf(text, size,
			"the filter was never loaded: stopped %s at the "
			"runner's deadline",
			where);
}

static bool judge_broken(const struct evidence *ev, struct judged *out)
{
	char *t = out->text;
	size_t size = sizeof(out->text);

	if (ev->broken[0])
		snprintf(t, size, "%s", ev->broken);
	else if (ev->limit[0])
		snprintf(t, size, "stopped at a limit: %s", ev->limit);
	else if (ev->stage == CELL_SETUP_FAILED)
		snprintf(t, size, "setup failed: %s", strerror(ev->result));
	else if (ev->stage == CELL_ARM_FAILED)
		snprintf(t, size, "the filter could not be loaded: %s",
			strerror(ev->result));
	else if (ev->stage != CELL_ARMED && ev->stage != CELL_DONE)
		describe_early_end(ev, t, size);
	else
		return false;
	set(out, OUT_BROKEN, 0, NULL);
	return true;
}

void judge_describe(const struct evidence *ev, struct judged *out)
{
	char *t = out->text;
	size_t size = sizeof(out->text);
	char name[TEXT_SIGNAL];

	switch (out->outcome) {
	case OUT_FAILS:
		if (out->num == EBADE)
			snprintf(t, size, "fails: wrong result at line %d",
				ev->line);
		else
			snprintf(t, size, "fails: %s",
				strerrorname_np(out->num)
					? strerrorname_np(out->num)
					: "no errno");
		break;
	case OUT_EXITS:
		snprintf(t, size, "exits with status %d", out->num);
		break;
	case OUT_DIES:
		snprintf(t, size, "dies: %s", out->call);
		break;
	case OUT_LOSES:
		snprintf(t, size, "loses a thread: %s", out->call);
		break;
	case OUT_CRASHES:
		snprintf(t, size, "crashes: %s", text_signal(out->num, name));
		break;
	case OUT_MASKS:
		snprintf(t, size, "%s masked by the kill at %s",
			text_signal(out->num, name), out->call);
		break;
	case OUT_HANGS:
	case OUT_ZOMBIE:
		snprintf(t, size, "%s%s%s%s",
			out->outcome == OUT_HANGS ? "hangs" : "zombie leader",
			out->call[0] ? " after " : "", out->call,
			ev->hang.proven	 ? " (proven)"
			: ev->hang.spins ? " (spins)"
					 : " (deadline)");
		break;
	case OUT_ESCAPES:
		snprintf(t, size, "escapes: %s", out->call);
		break;
	default:
		snprintf(t, size, "%s", outcome_names[out->outcome]);
	}
}

/* run() told of a wrong result: those whom it left asleep say no more. */
static bool found_wrong(const struct evidence *ev)
{
	return ev->stage == CELL_DONE && ev->result == EBADE && ev->line;
}

static void judge_seen(const struct declaration *d, const struct place *place,
	const struct evidence *ev, struct judged *out)
{
	const char *culprit = ev->nrefusals ? ev->refusals[0].call : NULL;

	if (judge_broken(ev, out))
		return;
	if (place->filtered && ev->effect[0])
		set(out, OUT_ESCAPES, 0, ev->effect);
	else if (ev->hung && found_wrong(ev))
		set(out, OUT_FAILS, EBADE, NULL);
	else if (ev->hung)
		set(out, ev->leader_zombie ? OUT_ZOMBIE : OUT_HANGS, 0,
			culprit);
	else if (WIFSIGNALED(ev->wait_status))
		judge_death(d, place, ev, out);
	else
		judge_exit(d, ev, out);
	judge_describe(ev, out);
}

void judge_outcome(const struct declaration *d, const struct place *place,
	const struct evidence *ev, struct judged *out)
{
	struct text t;
	size_t n;

	memset(out, 0, sizeof(*out));
	judge_seen(d, place, ev, out);
	if (out->outcome == OUT_FAILS && out->num == EBADE)
		out->line = ev->line;
	out->reported = ev->report[0] != '\0';
	if (!out->reported)
		return;
	n = strlen(out->text);
	t = text_in(out->text + n, sizeof(out->text) - n);
	text_put(&t, "; the kernel reported: %s", ev->report);
	text_mark_cut(&t);
}
