/* SPDX-License-Identifier: MIT */
/* ask_cost.c: what a filter costs, in print. */
#include "cmd/ask_cost.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"

struct one {
	struct ask_call call;
	char name[64];
	unsigned long times;
};

struct weighed {
	void *tree;
	struct one **list; /* in the order of their first times */
	size_t n, size;
};

const char *ask_cost_text(const struct cost *c, char text[ASK_COST])
{
	if (c->least == c->most)
		snprintf(text, ASK_COST, "%u", c->most);
	else
		snprintf(text, ASK_COST, "%u-%u", c->least, c->most);
	return text;
}

json_t *ask_cost_json(const struct cost *c)
{
	return json_pack("{s:i, s:i, s:b}", "least", c->least, "most", c->most,
		"bitmap", c->cached);
}

struct weighed *weighed_new(void)
{
	return calloc(1, sizeof(struct weighed));
}

static void keep(void *node)
{
	(void)node;
}

void weighed_free(struct weighed *w)
{
	if (!w)
		return;
	tdestroy(w->tree, keep);
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i]);
	free(w->list);
	free(w);
}

static int compare(const void *a, const void *b)
{
	const struct ask_call *x = &((const struct one *)a)->call;
	const struct ask_call *y = &((const struct one *)b)->call;
	int ret = x->nr < y->nr ? -1 : x->nr > y->nr;

	if (!ret)
		ret = memcmp(x->known, y->known, sizeof(x->known));
	return ret ? ret : memcmp(x->args, y->args, sizeof(x->args));
}

static bool has_room(struct weighed *w)
{
	const size_t size = w->size ? 2 * w->size : 256;
	struct one **list;

	if (w->n < w->size)
		return true;
	list = realloc(w->list, size * sizeof(*list));
	if (!list)
		return false;
	w->list = list;
	w->size = size;
	return true;
}

int weighed_add(
	struct weighed *w, const struct ask_call *call, const char *name)
{
	struct one *one = calloc(1, sizeof(*one));
	struct one **there;

	if (!one || !has_room(w)) {
		free(one);
		return -ENOMEM;
	}
	one->call = *call;
	snprintf(one->name, sizeof(one->name), "%s", name);
	there = tsearch(one, &w->tree, compare);
	if (!there || *there != one)
		free(one);
	else
		w->list[w->n++] = one;
	if (!there)
		return -ENOMEM;
	(*there)->times++;
	return 0;
}

/* What the calls of one name cost together. */
struct row {
	const char *name;
	unsigned long times;
	double sum;
	struct cost c;
};

static void add_to_row(struct row *r, const struct one *one, struct cost c)
{
	const bool first = !r->times;

	r->name = one->name;
	r->times += one->times;
	r->sum += (double)c.most * (double)one->times;
	r->c.cached = c.cached;
	if (first || c.least < r->c.least)
		r->c.least = c.least;
	if (c.most > r->c.most)
		r->c.most = c.most;
}

static int dearest(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return x->sum > y->sum ? -1 : x->sum < y->sum;
}

static int most_frequent(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return x->times > y->times ? -1 : x->times < y->times;
}

static struct row *row_of(struct row *rows, size_t *n, const char *name)
{
	size_t i = 0;

	while (i < *n && strcmp(rows[i].name, name) != 0)
		i++;
	*n += i == *n;
	return &rows[i];
}

/* For the caller to free; NULL: no memory. */
static struct row *rows_of(
	const struct filter *bpf, const struct weighed *w, size_t *n)
{
	struct row *rows = calloc(w->n + 1, sizeof(*rows));

	*n = 0;
	for (size_t i = 0; rows && i < w->n; i++) {
		const struct one *one = w->list[i];
		struct cost c;

		cost_of(bpf, &one->call, &c);
		add_to_row(row_of(rows, n, one->name), one, c);
	}
	return rows;
}

void weighed_print(const struct asking *a, const struct weighed *w)
{
	size_t n;
	struct row *rows = rows_of(a->bpf, w, &n);

	if (!rows)
		return;
	qsort(rows, n, sizeof(*rows), dearest);
	if (!a->json)
		puts("   times instructions         call");
	for (size_t i = 0; i < n; i++) {
		char text[ASK_COST];
		json_t *o =
			json_pack("{s:s, s:i, s:f, s:o}", "call", rows[i].name,
				"times", (int)rows[i].times, "instructions",
				rows[i].sum, "cost", ask_cost_json(&rows[i].c));

		if (a->json) {
			json_dumpf(o, stdout, JSON_COMPACT);
			putchar('\n');
		} else {
			printf("%8lu %12s %-8s %s\n", rows[i].times,
				ask_cost_text(&rows[i].c, text),
				rows[i].c.cached ? "bitmap" : "", rows[i].name);
		}
		json_decref(o);
	}
	free(rows);
}

/* All calls; those that the filter runs for, bitmap or none. */
struct sum {
	double calls, insns, run_calls, run_insns;
};

static struct sum sum_of(const struct filter *bpf, const struct weighed *w)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < w->n; i++) {
		const double times = (double)w->list[i]->times;
		struct cost c;

		cost_of(bpf, &w->list[i]->call, &c);
		s.calls += times;
		s.insns += times * c.most;
		s.run_calls += c.cached ? 0 : times;
		s.run_insns += c.cached ? 0 : times * c.most;
	}
	return s;
}

static double each(double insns, double calls)
{
	return calls > 0 ? insns / calls : 0;
}

static void print_sum(const struct asking *a, const char *order, struct sum s)
{
	if (a->json)
		printf("{\"order\":\"%s\",\"calls\":%.0f,\"instructions\":%.0f,"
		       "\"run_calls\":%.0f,\"run_instructions\":%.0f}\n",
			order, s.calls, s.insns, s.run_calls, s.run_insns);
	else
		printf("%-20s %8.1f %16.1f\n", order, each(s.insns, s.calls),
			each(s.run_insns, s.run_calls));
}

/* A rule's call is asked for the earlier the more often it was made. */
static void set_priorities(
	const struct asking *a, const struct weighed *w, struct profile *p)
{
	size_t n;
	struct row *rows = rows_of(a->bpf, w, &n);

	if (!rows)
		return;
	qsort(rows, n, sizeof(*rows), most_frequent);
	for (size_t i = 0; i < p->nrules; i++)
		for (size_t k = 0; k < n && k < 255; k++)
			if (!strcmp(p->rules[i].name, rows[k].name))
				p->rules[i].priority = (uint8_t)(255 - k);
	free(rows);
}

static void sum_ordered(const struct asking *a, const struct weighed *w,
	uint32_t arch, bool tree)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile p = *a->p;

	p.tree = tree;
	p.silent = true;
	p.rules = malloc((p.nrules + 1) * sizeof(*p.rules));
	if (!p.rules)
		return;
	if (p.nrules)
		memcpy(p.rules, a->p->rules, p.nrules * sizeof(*p.rules));
	if (!tree)
		set_priorities(a, w, &p);
	if (!profile_build(&p, arch, &bpf, &err))
		print_sum(a, tree ? "binary tree" : "most frequent first",
			sum_of(&bpf, w));
	free(p.rules);
}

void weighed_sum(const struct asking *a, const struct weighed *w, uint32_t arch,
	bool counted)
{
	const struct sum s = sum_of(a->bpf, w);

	if (!a->json)
		printf("\n%-20s %8s %16s\n%-20s %8.0f %16.0f\n",
			"instructions a call,", "of all", "without a bitmap",
			"at most, of calls:", s.calls, s.run_calls);
	print_sum(a, "as it is", s);
	if (a->p->ninsns)
		return;
	if (counted)
		sum_ordered(a, w, arch, false);
	sum_ordered(a, w, arch, true);
}
