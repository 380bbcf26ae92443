/* SPDX-License-Identifier: MIT */
/* json.c: what the passes saw, for programs. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "sys/calls.h"
#include "explain/filter.h"
#include "explain/report.h"
#include "sys/text.h"

static json_t *stack_json(const struct frame *f, int n)
{
	json_t *stack = json_array();

	for (int i = 0; i < n; i++, f++) {
		json_t *frame =
			f->script ? json_pack("{s:b}", "script", 1)
				  : json_pack("{s:I}", "ip", (json_int_t)f->ip);

		if (f->function[0] || f->script)
			json_object_set_new(
				frame, "function", json_string(f->shown));
		if (f->line || f->script)
			json_object_set_new(
				frame, "file", json_string(f->file));
		if (f->line)
			json_object_set_new(
				frame, "line", json_integer(f->line));
		if (f->line && f->begins)
			json_object_set_new(frame, "begins", json_true());
		if (f->module[0]) {
			json_object_set_new(
				frame, "module", json_string(f->module));
			json_object_set_new(frame, "offset",
				json_integer((json_int_t)f->at));
		}
		json_array_append_new(stack, frame);
	}
	return stack;
}

static json_t *place_json(const struct explain_place *p)
{
	static const char *const whose[] = { "", "before", "own", "other" };
	json_t *texts = json_array(), *o;
	char deals[64], chain[EXPLAIN_CHAIN];

	explain_verdict(p->verdict, deals, sizeof(deals));
	explain_chain(p, chain, sizeof(chain));
	for (int i = 0; i < p->ntexts; i++)
		json_array_append_new(texts, json_string(p->texts[i]));
	o = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:I, s:f, s:f, s:i, s:i, "
		      "s:b, s:s, s:o, s:o}",
		"call", p->call, "nr", p->nr, "arch", calls_arch_name(p->arch),
		"filter", deals, "by", chain, "need", p->need, "count",
		(json_int_t)p->count, "first", (double)p->first_us / 1e6,
		"last", (double)p->last_us / 1e6, "process", p->process,
		"thread", p->thread, "other_threads", p->threads, "comm",
		p->comm, "calls", texts, "stack",
		stack_json(p->frames, p->nframes));
	if (o && p->whose) {
		json_object_set_new(o, "foreign", json_true());
		json_object_set_new(o, "whose", json_string(whose[p->whose]));
	}
	if (o && p->killed_thread)
		json_object_set_new(o, "killed_thread", json_true());
	if (o && p->masks)
		json_object_set_new(o, "masks", json_integer(p->masks));
	return o;
}

static json_t *lost_json(const struct explain_seen *seen)
{
	json_t *all = json_array();

	for (int i = 0; i < seen->nlost && i < EXPLAIN_LOST; i++)
		json_array_append_new(all,
			json_pack("{s:i, s:i, s:s}", "process",
				seen->lost[i].process, "thread",
				seen->lost[i].thread, "call",
				seen->lost[i].place ? seen->lost[i].place->call
						    : "?"));
	return all;
}

static json_t *failed_json(const struct explain_seen *seen)
{
	json_t *all = json_array();

	for (int i = 0; i < seen->nfailed; i++) {
		int status = seen->failed[i].status;

		json_array_append_new(all,
			json_pack("{s:i, s:i, s:s, s:i}", "process",
				seen->failed[i].process, "count",
				seen->failed[i].n, "comm", seen->failed[i].comm,
				WIFSIGNALED(status) ? "signal" : "status",
				WIFSIGNALED(status) ? WTERMSIG(status)
						    : WEXITSTATUS(status)));
	}
	return all;
}

static json_t *kills_json(const struct kernel_kill *kills, int n)
{
	json_t *all = json_array();

	for (int i = 0; i < n; i++) {
		char call[32], deals[64];

		calls_name(kills[i].arch, kills[i].nr, call, sizeof(call));
		explain_verdict(kills[i].action, deals, sizeof(deals));
		json_array_append_new(all,
			json_pack("{s:i, s:s, s:s, s:s, s:s}", "pid",
				kills[i].pid, "comm", kills[i].comm, "call",
				call, "arch", calls_arch_name(kills[i].arch),
				"filter", deals));
	}
	return all;
}

static json_t *hang_json(const struct explain_hang *h)
{
	json_t *threads = json_array(), *o;

	for (int i = 0; i < h->hang.nthreads; i++) {
		const struct thread_state *s = &h->hang.threads[i];
		const struct explain_wait *w = &h->waits[i];

		o = json_pack("{s:i, s:i, s:i, s:s%, s:s, s:s, s:o}", "tid",
			s->tid, "process", w->process, "thread", w->thread,
			"state", &s->state, (size_t)1, "waits_for",
			s->waits_for, "where", w->where, "stack",
			stack_json(s->frames, s->nframes));
		if (w->owner)
			json_object_set_new(o, "owner", json_integer(w->owner));
		if (w->gone)
			json_object_set_new(
				o, "owner_gone", json_integer(w->gone));
		if (w->joins)
			json_object_set_new(o, "joins", json_integer(w->joins));
		json_array_append_new(threads, o);
	}
	return json_pack("{s:b, s:b, s:b, s:s, s:s, s:o}", "hangs", !h->busy,
		"proven", h->hang.proven, "spins", h->hang.spins, "reason",
		h->hang.reason, "cause", h->cause, "threads", threads);
}

static json_t *places_json(const struct explain_places *places)
{
	json_t *all = json_array();

	for (int i = 0; i < places->n; i++)
		json_array_append_new(all, place_json(places->list[i]));
	return all;
}

static json_t *open_json(const struct explain_open *open)
{
	json_t *all = json_array();

	for (int i = 0; i < open->n && i < EXPLAIN_FDS; i++)
		json_array_append_new(
			all, json_pack("{s:i, s:s}", "fd", open->list[i].fd,
				     "what", open->list[i].what));
	return all;
}

static json_t *driven_json(const struct explain_driven *d)
{
	json_t *o = json_pack("{s:b, s:s, s:f, s:b, s:b, s:b, s:b}", "ready",
		d->ready, "how", d->how, "ready_after",
		(double)d->ready_us / 1e6, "ran", d->ran, "own_network",
		d->own_net, "daemon_died", d->died, "daemon_killed",
		d->stubborn);

	if (o && d->ended)
		json_object_set_new(o,
			WIFSIGNALED(d->daemon) ? "daemon_signal"
					       : "daemon_status",
			json_integer(WIFSIGNALED(d->daemon)
					     ? WTERMSIG(d->daemon)
					     : WEXITSTATUS(d->daemon)));
	return o;
}

static json_t *seen_json(const struct explain_seen *seen)
{
	char end[80];
	json_t *o;

	explain_end(seen, end, sizeof(end));
	o = json_pack("{s:b, s:s, s:f, s:f, s:i, s:i, s:I, s:o}", "ended",
		seen->ended, "end", end, "seconds", (double)seen->us / 1e6,
		"cpu_seconds", (double)seen->cpu_us / 1e6, "processes",
		seen->processes, "threads", seen->threads, "refused",
		(json_int_t)seen->places.calls, "places",
		places_json(&seen->places));
	if (seen->broken[0])
		json_object_set_new(o, "broken", json_string(seen->broken));
	if (seen->logs) {
		json_object_set_new(o, "logged",
			json_integer((json_int_t)seen->logged.calls));
		json_object_set_new(
			o, "logged_places", places_json(&seen->logged));
	}
	if (seen->ended && WIFSIGNALED(seen->status))
		json_object_set_new(
			o, "signal", json_integer(WTERMSIG(seen->status)));
	else if (seen->ended)
		json_object_set_new(
			o, "status", json_integer(WEXITSTATUS(seen->status)));
	if (seen->nlost)
		json_object_set_new(o, "lost", lost_json(seen));
	if (seen->crash_signal)
		json_object_set_new(o, "crash_stack",
			stack_json(seen->crash_frames, seen->ncrash_frames));
	if (seen->open.known)
		json_object_set_new(o, "open", open_json(&seen->open));
	if (seen->ptraces)
		json_object_set_new(o, "ptraces", json_true());
	if (seen->nfailed)
		json_object_set_new(o, "failed", failed_json(seen));
	if (seen->own_filters)
		json_object_set_new(o, "own_filters", json_true());
	if (seen->under_another)
		json_object_set_new(o, "under_another", json_true());
	if (seen->interrupted)
		json_object_set_new(o, "interrupted", json_true());
	if (seen->nkills)
		json_object_set_new(
			o, "kernel_log", kills_json(seen->kills, seen->nkills));
	if (seen->left_behind)
		json_object_set_new(
			o, "left_behind", json_integer(seen->left_behind));
	if (seen->timed_out)
		json_object_set_new(o, "timed_out", json_true());
	if (seen->driven.is)
		json_object_set_new(o, "driven", driven_json(&seen->driven));
	if (seen->hang)
		json_object_set_new(o, "hang", hang_json(seen->hang));
	return o;
}

/* Takes O. 0, or -1. */
static int write_json(json_t *o, FILE *to)
{
	int ret = o ? json_dumpf(o, to, JSON_COMPACT | JSON_REAL_PRECISION(15))
		    : -1;

	fputc('\n', to);
	json_decref(o);
	return ret;
}

int explain_json_process(const struct explain_process *p, FILE *to)
{
	json_t *o = json_pack("{s:i, s:i, s:s, s:s, s:b, s:o, s:o}", "v", 1,
		"pid", p->pid, "exe", p->exe, "filters", p->filters, "hangs",
		p->sleeps, "hang", hang_json(p->hang), "kernel_log",
		kills_json(p->hang->kills, p->hang->nkills));

	if (p->tracer)
		json_object_set_new(o, "tracer", json_integer(p->tracer));
	return write_json(o, to);
}

static json_t *argv_json(char *const *argv)
{
	json_t *all = json_array();
	char text[4096];

	for (; *argv; argv++) {
		text_show(*argv, text, sizeof(text));
		json_array_append_new(all, json_string(text));
	}
	return all;
}

/* null: it was not compared. */
static void add_compared(json_t *o, const struct explained *e)
{
	static const char *const ways[EXPLAIN_WAYS] = {
		[EXPLAIN_OUT] = "output",
		[EXPLAIN_ERR] = "errors",
		[EXPLAIN_END] = "end",
		[EXPLAIN_FAILED] = "failed",
		[EXPLAIN_OPEN] = "descriptors",
		[EXPLAIN_TRIES] = "tries",
		[EXPLAIN_CPU] = "cpu",
	};
	bool compared = e->let.out >= 0;
	json_t *all = json_object();

	for (int i = 0; i < EXPLAIN_WAYS; i++)
		json_object_set_new(all, ways[i],
			!compared || !e->in[i].known
				? json_null()
				: json_string(e->in[i].same	? "same"
					      : e->in[i].varies ? "varies"
					      : e->in[i].first	? "first"
								: "differs"));
	json_object_set_new(o, "compared", all);
	json_object_set_new(o, "same_output",
		compared ? json_boolean(e->in[EXPLAIN_OUT].same) : json_null());
	json_object_set_new(o, "same_errors",
		compared ? json_boolean(e->in[EXPLAIN_ERR].same) : json_null());
	json_object_set_new(
		o, "output_varies", json_boolean(e->in[EXPLAIN_OUT].varies));
	json_object_set_new(
		o, "errors_vary", json_boolean(e->in[EXPLAIN_ERR].varies));
}

int explain_json(const struct explained *e, FILE *to)
{
	json_t *o = json_pack("{s:i, s:s, s:o, s:s, s:s, s:o, s:o}", "v", 1,
		"command", e->command, "argv", argv_json(e->argv), "profile",
		e->profile, "armed_at", e->when, "filtered",
		seen_json(&e->real), "let_through", seen_json(&e->let));
	char cause[400];

	explain_cause(e, cause, sizeof(cause));
	json_object_set_new(o, "cause", json_string(cause));
	if (e->others.armed) {
		json_object_set_new(
			o, "fenced", places_json(&e->others.answered));
		json_object_set_new(
			o, "landlock", json_boolean(e->others.logged.n));
	}
	add_compared(o, e);
	json_object_set_new(o, "untraced", json_boolean(e->untraced));
	json_object_set_new(o, "armed", json_boolean(e->real.armed));
	if (e->real.uncovered[0])
		json_object_set_new(
			o, "uncovered", json_string(e->real.uncovered));
	return write_json(o, to);
}
