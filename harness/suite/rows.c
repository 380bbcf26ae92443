/* SPDX-License-Identifier: MIT */
/* rows.c: what a report needs of the records of a run. Pure. */
#include "suite/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/text.h"

/* A record may have come from somebody else: as it is shown. */
static char *copy(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	size_t size = s ? 4 * strlen(s) + 1 : 1;
	char *to = malloc(size);

	if (to)
		text_show(s ? s : "", to, size);
	return to;
}

static void free_row(struct row *row)
{
	free(row->cell);
	free(row->outcome);
	free(row->verdict);
	free(row->call);
	free(row->text);
	free(row->want);
}

int rows_add(json_t *cell, void *arg)
{
	struct rows *rows = arg;
	struct row *v = rows->v;
	struct row row = {
		.cell = copy(cell, "cell"),
		.outcome = copy(cell, "outcome"),
		.verdict = copy(cell, "verdict"),
		.call = copy(cell, "call"),
		.text = copy(cell, "text"),
		.want = copy(cell, "want"),
	};

	if (!(rows->n & (rows->n - 1))) /* room is a power of two */
		v = realloc(v, (rows->n ? 2 * rows->n : 1) * sizeof(*v));
	if (v)
		rows->v = v;
	if (!v || !row.cell || !row.outcome || !row.verdict || !row.call ||
		!row.text || !row.want) {
		free_row(&row);
		return -ENOMEM;
	}
	v[rows->n++] = row;
	return 0;
}

static int by_cell(const void *a, const void *b)
{
	return strcmp(
		((const struct row *)a)->cell, ((const struct row *)b)->cell);
}

void rows_sort(struct rows *rows)
{
	if (rows->n)
		qsort(rows->v, rows->n, sizeof(*rows->v), by_cell);
}

size_t rows_find(
	const struct rows *rows, const char *cell, const struct row **first)
{
	const struct row key = { .cell = (char *)cell }, *at = NULL, *end;

	if (rows->n)
		at = bsearch(&key, rows->v, rows->n, sizeof(key), by_cell);
	if (!at)
		return 0;
	for (end = at + 1; end < rows->v + rows->n && !by_cell(&key, end);)
		end++;
	while (at > rows->v && !by_cell(&key, at - 1))
		at--;
	*first = at;
	return (size_t)(end - at);
}

size_t rows_count(const struct rows *rows, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += !strcmp(rows->v[i].verdict, judge_verdict_name(verdict));
	return n;
}

void rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		free_row(&rows->v[i]);
	free(rows->v);
}
