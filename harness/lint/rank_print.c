/* SPDX-License-Identifier: MIT */
/* rank_print.c: dangerous calls of a finding, and all that are known. */
#include "lint/rank.h"

#include <stdio.h>
#include <string.h>

#define PAGE_SIZE 128

/* Where it is told: its manual page is, unless the table knows better. */
static const char *page_of(const struct rank *r, char page[PAGE_SIZE])
{
	if (r->page)
		return r->page;
	snprintf(page, PAGE_SIZE,
		"https://man7.org/linux/man-pages/man2/%s.2.html", r->call);
	return page;
}

void rank_print_text(FILE *to, const struct lint_finding *f)
{
	for (unsigned i = 0; i < f->nranked; i++) {
		const struct rank *r = f->ranked[i];

		fprintf(to, "\t%s: Linux %s", r->call, r->since);
		if (*r->needs)
			fprintf(to, "; needs %s", r->needs);
		if (*r->known)
			fprintf(to, "; %s", r->known);
		fputc('\n', to);
	}
}

json_t *rank_json(const struct lint_finding *f)
{
	json_t *all = f->nranked ? json_array() : NULL;

	for (unsigned i = 0; i < f->nranked; i++) {
		const struct rank *r = f->ranked[i];
		char page[PAGE_SIZE];

		json_array_append_new(all,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "call", r->call,
				"needs", r->needs, "since", r->since, "known",
				r->known, "page", page_of(r, page)));
	}
	return all;
}

static void print_ways(FILE *to, const struct rank *r)
{
	if (!r->ways[0].name)
		fputs("any", to);
	for (int i = 0; i < RANK_WAYS && r->ways[i].name; i++)
		fprintf(to, "%s%s", i ? ", " : "", r->ways[i].name);
}

void rank_print_all(FILE *to)
{
	char page[PAGE_SIZE];

	for (size_t i = 0; i < rank_n; i++) {
		const struct rank *r = &rank_table[i];

		fprintf(to, "%s\t%s\t", r->call, lint_rules[r->rule].id);
		print_ways(to, r);
		fprintf(to, "\t%s\t%s\t%s\t%s\n", r->needs, r->since, r->known,
			page_of(r, page));
	}
	for (size_t i = 0; i < rank_nothers; i++)
		fprintf(to, "%s\t-\t%s\n", rank_others[i].call,
			rank_others[i].why);
}

static bool has(const struct lint *l, const struct lint_rule *rule,
	const struct rank *r)
{
	for (size_t i = 0; i < l->n; i++)
		for (unsigned k = 0; l->findings[i].rule == rule &&
				     k < l->findings[i].nranked;
			k++)
			if (l->findings[i].ranked[k] == r)
				return true;
	return false;
}

bool rank_leave_new(struct lint_finding *f, const struct lint *known)
{
	const unsigned before = f->nranked;
	size_t n = 0;

	f->nranked = 0;
	for (unsigned i = 0; i < before; i++)
		if (!has(known, f->rule, f->ranked[i]))
			f->ranked[f->nranked++] = f->ranked[i];
	if (f->nranked == before)
		return true;
	for (unsigned i = 0; i < f->nranked && n + 64 < sizeof(f->text); i++)
		n += (size_t)snprintf(f->text + n, sizeof(f->text) - n, "%s%s",
			i ? ", " : "", f->ranked[i]->call);
	if (n)
		snprintf(f->text + n, sizeof(f->text) - n, " pass%s",
			f->nranked == 1 ? "es" : "");
	return f->nranked;
}
