/* SPDX-License-Identifier: MIT */
/* rows.c: lines of a record that are kept. Pure. */
#include "suite/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/text.h"

/* A record may have come from somebody else: as it is shown. */
static char *copy(const char *s)
{
	size_t size = 4 * strlen(s) + 1;
	char *to = malloc(size);

	if (to)
		text_show(s, to, size);
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

int rows_add(struct rows *rows, const struct line *l)
{
	struct row *v = rows->v;
	struct row row = {
		.cell = copy(l->cell),
		.outcome = copy(l->outcome),
		.verdict = copy(l->verdict),
		.call = copy(l->call),
		.text = copy(l->text),
		.want = copy(l->want),
	};

	if (rows->n == rows->room)
		v = realloc(v, (rows->room ? 2 * rows->room : 16) * sizeof(*v));
	if (v && rows->n == rows->room)
		rows->room = rows->room ? 2 * rows->room : 16;
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

void rows_keep_first(struct rows *rows, size_t n)
{
	rows_sort(rows);
	while (rows->n > n)
		free_row(&rows->v[--rows->n]);
}

void rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		free_row(&rows->v[i]);
	free(rows->v);
}
