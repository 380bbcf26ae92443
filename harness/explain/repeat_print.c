/* SPDX-License-Identifier: MIT */
/* repeat_print.c: what many runs saw, for people and for programs. */
#include <stdlib.h>
#include <string.h>

#include "explain/repeat.h"

static const char *text_of(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? text : "";
}

static const char *plural(long n)
{
	return n == 1 ? "" : "s";
}

static int by_runs(const void *a, const void *b)
{
	const struct repeat_item *const *p = a, *const *q = b;

	if ((*p)->runs != (*q)->runs)
		return (*p)->runs < (*q)->runs ? 1 : -1;
	return (*p)->first < (*q)->first ? -1 : (*p)->first > (*q)->first;
}

/* Most runs first. NULL: there are none, or there is no memory. */
static const struct repeat_item **sorted(const struct repeat_list *l)
{
	const struct repeat_item **all =
		l->n ? calloc(l->n, sizeof(*all)) : NULL;

	for (size_t i = 0; all && i < l->n; i++)
		all[i] = &l->items[i];
	if (all)
		qsort(all, l->n, sizeof(*all), by_runs);
	return all;
}

static void print_runs(
	const struct repeat_plan *p, const struct repeated *r, FILE *to)
{
	fprintf(to, "runs      %ld of %ld in %.1f s", r->runs, p->runs,
		(double)r->us / 1e6);
	if (p->jobs > 1)
		fprintf(to, ", %ld at a time", p->jobs);
	if (r->stopped)
		fprintf(to, "; then it was asked to end");
	else if (p->until_new && r->since_new >= p->until_new)
		fprintf(to, "; the last %ld brought nothing new", r->since_new);
	fputc('\n', to);
	if (r->cut)
		fprintf(to,
			"          %ld more %s under way then, and not "
			"counted\n",
			r->cut, r->cut == 1 ? "was" : "were");
	if (r->silent)
		fprintf(to, "          %ld more told nothing: %s\n", r->silent,
			r->why_silent);
}

static void print_place(
	const struct repeated *r, const struct repeat_item *item, FILE *to)
{
	const json_t *p = item->example;
	const json_t *text = json_array_get(json_object_get(p, "calls"), 0);

	fprintf(to, "  %6ld of %ld  %s: %s%s\n", item->runs, r->runs,
		text ? json_string_value(text) : text_of(p, "call"),
		json_object_get(p, "whose") ? "not the filter asked about"
					    : "the filter ",
		json_object_get(p, "whose") ? "" : text_of(p, "filter"));
	if (text_of(p, "need")[0])
		fprintf(to, "            for %s\n", text_of(p, "need"));
	if (text_of(p, "by")[0])
		fprintf(to, "            by %s\n", text_of(p, "by"));
	fprintf(to, "            first in run %ld; %lld call%s in all\n",
		item->first, (long long)item->calls, plural((long)item->calls));
}

static void print_end(
	const struct repeated *r, const struct repeat_item *item, FILE *to)
{
	fprintf(to, "  %6ld of %ld  %s; first in run %ld\n", item->runs,
		r->runs, text_of(item->example, "end"), item->first);
	if (text_of(item->example, "cause")[0])
		fprintf(to, "            %s\n",
			text_of(item->example, "cause"));
}

static void print_list(const struct repeated *r, const struct repeat_list *l,
	void (*print)(const struct repeated *r, const struct repeat_item *item,
		FILE *to),
	FILE *to)
{
	const struct repeat_item **all = sorted(l);

	for (size_t i = 0; all && i < l->n; i++)
		print(r, all[i], to);
	free(all);
}

/* Were it in 1 of N / 3 runs, N of them would miss it with (1 - 3/N)^N, which
 * is less than e^-3, or 5 %. */
static void print_unseen(const struct repeated *r, FILE *to)
{
	if (r->runs >= 6)
		fprintf(to,
			"unseen    what is not above comes in fewer than 1 of "
			"%ld runs like these: 95 %% sure\n",
			r->runs / 3);
}

static void print_filter(const struct explained *about, FILE *to)
{
	if (!strcmp(about->when, "self"))
		fprintf(to, "filter    the program's own\n");
	else
		fprintf(to, "filter    %s, loaded at %s\n", about->profile,
			about->when);
}

void repeated_print(
	const struct repeat_plan *p, const struct repeated *r, FILE *to)
{
	fprintf(to, "command   %s\n", p->about->command);
	print_filter(p->about, to);
	print_runs(p, r, to);
	fprintf(to, "refused   in %ld of %ld run%s, from %zu place%s%s\n",
		r->refused, r->runs, plural(r->runs), r->places.n,
		plural((long)r->places.n), r->places.n ? ":" : "");
	print_list(r, &r->places, print_place, to);
	if (r->ends.n)
		fprintf(to, "ended\n");
	print_list(r, &r->ends, print_end, to);
	print_unseen(r, to);
	if (r->kept[0])
		fprintf(to,
			"kept      %s: of each run that brought something new "
			"its stdout, stderr\n          and report.json%s\n",
			r->kept, p->copy ? ", and its folder" : "");
}

static json_t *rate(const struct repeated *r, const struct repeat_item *item)
{
	return json_pack("{s:I, s:f, s:I}", "runs", (json_int_t)item->runs,
		"rate", (double)item->runs / (double)r->runs, "first_run",
		(json_int_t)item->first);
}

static json_t *places_json(const struct repeated *r)
{
	const struct repeat_item **all = sorted(&r->places);
	json_t *list = json_array();

	for (size_t i = 0; all && i < r->places.n; i++) {
		json_t *o = rate(r, all[i]);

		json_object_set_new(o, "calls", json_integer(all[i]->calls));
		json_object_set(o, "place", all[i]->example);
		json_array_append_new(list, o);
	}
	free(all);
	return list;
}

static json_t *ends_json(const struct repeated *r)
{
	const struct repeat_item **all = sorted(&r->ends);
	json_t *list = json_array();

	for (size_t i = 0; all && i < r->ends.n; i++) {
		json_t *o = rate(r, all[i]);

		json_object_update(o, all[i]->example);
		json_array_append_new(list, o);
	}
	free(all);
	return list;
}

int repeated_json(
	const struct repeat_plan *p, const struct repeated *r, FILE *to)
{
	json_t *o = json_pack("{s:i, s:s, s:s, s:s, s:I, s:I, s:I, s:b, s:f, "
			      "s:I, s:I, s:I, s:I, s:I, s:s, s:o, s:o}",
		"v", 1, "command", p->about->command, "profile",
		p->about->profile, "armed_at", p->about->when, "asked_runs",
		(json_int_t)p->runs, "jobs", (json_int_t)p->jobs, "runs",
		(json_int_t)r->runs, "stopped", r->stopped, "seconds",
		(double)r->us / 1e6, "since_new", (json_int_t)r->since_new,
		"refused_runs", (json_int_t)r->refused, "hung_runs",
		(json_int_t)r->hung, "silent_runs", (json_int_t)r->silent,
		"cut_runs", (json_int_t)r->cut, "kept", r->kept, "refused",
		places_json(r), "ends", ends_json(r));
	int ret = o ? json_dumpf(o, to, JSON_COMPACT | JSON_REAL_PRECISION(15))
		    : -1;

	fputc('\n', to);
	json_decref(o);
	return ret;
}
