/* SPDX-License-Identifier: MIT */
/* record.c: a cell's line. */
#include "suite/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "suite/kernel.h"
#include "sys/calls.h"

static void set_text(json_t *o, const char *key, const char *value)
{
	/* Names from a strange program may be no UTF-8: jansson says NULL. */
	json_t *s = value && value[0] ? json_string(value) : NULL;

	if (value && value[0] && !s)
		s = json_string("?");
	if (s)
		json_object_set_new(o, key, s);
}

static void set_hex(json_t *o, const char *key, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)value);
	json_object_set_new(o, key, json_string(text));
}

static json_t *hex_array(const uint64_t *values, int n)
{
	json_t *a = json_array();
	char text[24];

	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "0x%llx",
			(unsigned long long)values[i]);
		json_array_append_new(a, json_string(text));
	}
	return a;
}

/* "function file:line" or "function (module)", innermost first; without a name
 * "module+offset". */
static json_t *stack_array(const struct frame *frames, int n)
{
	json_t *a = json_array();
	char text[NAME_ROOM + 120];

	for (int i = 0; i < n; i++) {
		const struct frame *f = &frames[i];

		struct text t = text_in(text, sizeof(text));

		frame_put(&t, f);
		if (f->line)
			text_put(&t, " %s:%d", f->file, f->line);
		else if (f->shown[0])
			text_put(&t, " (%s)", f->module);
		json_array_append_new(a, json_string(text));
	}
	return a;
}

static void set_refusal(json_t *o, const struct refusal *r)
{
	set_text(o, "call", r->call);
	json_object_set_new(o, "nr", json_integer(r->nr));
	set_text(o, "arch", calls_arch_name(r->arch));
	json_object_set_new(o, "args", hex_array(r->args, 6));
	json_object_set_new(o, "thread", json_integer(r->thread));
	json_object_set_new(o, "tid", json_integer(r->tid));
	set_hex(o, "ip", r->ip);
	if (r->end == REFUSAL_THREAD)
		json_object_set_new(o, "process_lived", json_true());
	json_object_set_new(o, "stack", stack_array(r->frames, r->nframes));
}

static json_t *thread_object(const struct thread_state *s)
{
	json_t *o = json_object();
	char state[2] = { s->state, 0 };

	json_object_set_new(o, "pid", json_integer(s->pid));
	json_object_set_new(o, "tid", json_integer(s->tid));
	set_text(o, "state", state);
	if (s->nr >= 0) {
		set_text(o, "call", s->call);
		json_object_set_new(o, "args", hex_array(s->args, 6));
	}
	set_text(o, "wchan", s->wchan);
	set_text(o, "waits_for", s->waits_for);
	if (s->nframes)
		json_object_set_new(
			o, "stack", stack_array(s->frames, s->nframes));
	return o;
}

static void set_hang(json_t *o, const struct hang *h)
{
	json_t *threads = json_array();

	json_object_set_new(o, "proven", json_boolean(h->proven));
	set_text(o, "reason", h->reason);
	for (int i = 0; i < h->nthreads; i++)
		json_array_append_new(threads, thread_object(&h->threads[i]));
	json_object_set_new(o, "threads", threads);
}

static void set_crash(json_t *o, const struct evidence *ev)
{
	set_hex(o, "ip", ev->crash_ip);
	set_hex(o, "address", ev->crash_addr);
	json_object_set_new(
		o, "stack", stack_array(ev->crash_frames, ev->ncrash_frames));
}

static void set_status(json_t *o, const struct evidence *ev)
{
	if (!ev->ended)
		return;
	if (WIFSIGNALED(ev->wait_status))
		json_object_set_new(
			o, "signal", json_integer(WTERMSIG(ev->wait_status)));
	else
		json_object_set_new(o, "status",
			json_integer(WEXITSTATUS(ev->wait_status)));
}

static json_t *head(
	const struct cell *c, enum outcome outcome, enum verdict verdict)
{
	json_t *o = json_object();

	json_object_set_new(o, "v", json_integer(RECORD_VERSION));
	set_text(o, "cell", c->name);
	set_text(o, "probe", c->d->name);
	set_text(o, "profile", c->built->profile);
	set_text(o, "flavour", c->flavour->name);
	set_text(o, "kernel", c->kernel->name);
	set_text(o, "release", kernel_release(c->kernel));
	set_text(o, "outcome", judge_outcome_name(outcome));
	set_text(o, "verdict", judge_verdict_name(verdict));
	return o;
}

static char *finish(json_t *o)
{
	char *line = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(15));

	json_decref(o);
	if (!line)
		abort();
	return line;
}

static void set_values(json_t *o, const struct evidence *ev)
{
	json_t *values = json_array();

	for (int i = 0; i < ev->nvalues; i++)
		json_array_append_new(values, json_integer(ev->values[i]));
	json_object_set_new(o, "values", values);
}

char *record_cell(const struct cell *c, const struct evidence *ev,
	const struct judged *seen, enum verdict verdict,
	const struct expect *row, const char *want)
{
	json_t *o = head(c, seen->outcome, verdict), *more;

	set_text(o, "text", seen->text);
	json_object_set_new(o, "ms", json_real((double)ev->us / 1000));
	if (c->built->file)
		set_text(o, "profile_file", c->built->file);
	if (verdict != VERDICT_PASS && verdict != VERDICT_NONE)
		set_text(o, "want", want);
	if (seen->outcome == OUT_FAILS)
		json_object_set_new(o, "errno", json_integer(seen->num));
	if (ev->line)
		json_object_set_new(o, "line", json_integer(ev->line));
	set_text(o, "effect", ev->effect);
	set_status(o, ev);
	if (ev->nvalues)
		set_values(o, ev);
	if (ev->nrefusals)
		set_refusal(o, &ev->refusals[0]);
	if (ev->nrefused > ev->nrefusals)
		json_object_set_new(o, "refused", json_integer(ev->nrefused));
	if (ev->nrefusals > 1) {
		json_object_set_new(o, "more", more = json_array());
		for (int i = 1; i < ev->nrefusals; i++) {
			json_t *r = json_object();

			set_refusal(r, &ev->refusals[i]);
			json_array_append_new(more, r);
		}
	}
	if (seen->outcome == OUT_CRASHES)
		set_crash(o, ev);
	if (ev->hung)
		set_hang(o, &ev->hang);
	set_text(o, "why", row ? row->why : NULL);
	set_text(o, "report", ev->report);
	return finish(o);
}

char *record_reason(const struct cell *c, enum verdict verdict, const char *why)
{
	json_t *o = head(
		c, verdict == VERDICT_SKIP ? OUT_SKIP : OUT_BROKEN, verdict);

	set_text(o, "text", why);
	return finish(o);
}
