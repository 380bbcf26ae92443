/* SPDX-License-Identifier: MIT */
/* written_less.c: what stops working under four without one of its calls. */
#include "suite/written_less.h"

#include <stdbool.h>
#include <string.h>

#define EXAMPLES 5

struct group {
	char name[40], examples[300];
	size_t n, lost;
};

/* The probe's and the flavour's name, where ROW is under PROFILE for glibc, in
 * NAME as it is under four. */
static bool as_four(
	const struct row *row, const char *profile, char *name, size_t size)
{
	size_t n = strcspn(row->cell, "@");
	const char *behind = row->cell + n;

	if (strncmp(behind, profile, strlen(profile)) != 0 ||
		strcmp(behind + strlen(profile), "/glibc") != 0)
		return false;
	snprintf(name, size, "%.*s@four/glibc", (int)n, row->cell);
	return true;
}

static void count(struct group *g, const struct row *row, bool lost)
{
	size_t n = strcspn(row->cell, "@"), at = strlen(g->examples);

	g->n++;
	if (lost && g->lost++ < EXAMPLES)
		snprintf(g->examples + at, sizeof(g->examples) - at, "%s`%.*s`",
			at ? ", " : "", (int)n, row->cell);
}

/* Groups come one after the other: LESS is sorted. */
static struct group *group_of(
	struct group *groups, size_t max, size_t *n, const struct row *row)
{
	size_t size = strcspn(row->cell, "/");

	if ((!*n || strncmp(groups[*n - 1].name, row->cell, size) != 0 ||
		    groups[*n - 1].name[size]) &&
		*n < max) {
		memset(&groups[*n], 0, sizeof(*groups));
		snprintf(groups[(*n)++].name, sizeof(groups->name), "%.*s",
			(int)size, row->cell);
	}
	return &groups[*n - 1];
}

static void print(
	const struct group *groups, size_t n, const char *call, FILE *out)
{
	size_t all = 0, lost = 0;

	for (size_t i = 0; i < n; i++) {
		all += groups[i].n;
		lost += groups[i].lost;
	}
	fprintf(out,
		"*Buys:* of %zu cells that work under `four`, %zu do not "
		"without `%s`.\n\n",
		all, lost, call);
	fputs("| group | do not | of | such as |\n|---|---|---|---|\n", out);
	for (size_t i = 0; i < n; i++)
		if (groups[i].lost)
			fprintf(out, "| %s | %zu | %zu | %s |\n",
				groups[i].name, groups[i].lost, groups[i].n,
				groups[i].examples);
}

void written_less(const struct rows *rows, const struct rows *less,
	const char *call, FILE *out)
{
	struct group groups[32];
	char profile[64], name[200];
	const struct row *whole;
	size_t n = 0;

	snprintf(profile, sizeof(profile), "@four-less-%s.json", call);
	for (size_t i = 0; i < less->n; i++) {
		const struct row *row = &less->v[i];

		if (!as_four(row, profile, name, sizeof(name)) ||
			!rows_find(rows, name, &whole) ||
			strcmp(whole->outcome, "works") != 0)
			continue;
		count(group_of(groups, 32, &n, row), row,
			strcmp(row->outcome, "works") != 0);
	}
	if (n)
		print(groups, n, call, out);
	else
		fputs("*Buys:* no run without it was given.\n", out);
}
