/* SPDX-License-Identifier: MIT */
/* surface_print.c: prints what `quartet surface` saw. */
#include "cmd/surface.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 512

/* Calls first, by name. */
static int by_name(const void *a, const void *b)
{
	const struct reached *const *x = a, *const *y = b;

	if ((*x)->call != (*y)->call)
		return (*x)->call ? -1 : 1;
	return strcmp((*x)->name, (*y)->name);
}

static size_t sort(const struct reach *r, const struct reached **rows)
{
	size_t n = 0;

	while (n < ROWS && (rows[n] = reach_at(r, n)))
		n++;
	qsort(rows, n, sizeof(*rows), by_name);
	return n;
}

/* How many of ROW's functions no other row has; ROW NULL: all there are. */
static size_t count(const struct surface_seen *seen,
	const struct reached **rows, size_t n, const struct reached *row)
{
	size_t sum = 0;

	for (size_t f = 0; f < seen->s->n; f++) {
		size_t in = 0;

		for (size_t i = 0; i < n; i++)
			in += rows[i]->has[f];
		sum += row ? row->has[f] && in == 1 : in > 0;
	}
	return sum;
}

static void print_functions(
	const struct surface_seen *seen, const struct reached *row, FILE *to)
{
	for (size_t f = 0; f < seen->s->n; f++)
		if (row->has[f])
			fprintf(to, "    %s\n", seen->s->list[f].name);
}

static void print_row(const struct surface_seen *seen,
	const struct reached **rows, size_t n, size_t i, FILE *to)
{
	char times[24] = "-";

	if (i == 0 || rows[i - 1]->call != rows[i]->call)
		fprintf(to, "%-36s %10s %10s %10s\n",
			rows[i]->call ? "call" : "without a call", "times",
			"functions", "alone here");
	if (rows[i]->n)
		snprintf(times, sizeof(times), "%lu", rows[i]->n);
	fprintf(to, "  %-34s %10s %10zu %10zu\n", rows[i]->name, times,
		rows[i]->functions, count(seen, rows, n, rows[i]));
}

void surface_print(const struct surface_seen *seen, bool functions, FILE *to)
{
	const struct reached *rows[ROWS + 1];
	size_t n = sort(seen->r, rows);
	struct reach_sums sums = reach_sums(seen->r);

	fprintf(to, "seen on Linux %s, by its tracer of functions: %s\n\n",
		seen->release, seen->command);
	for (size_t i = 0; i < n; i++) {
		print_row(seen, rows, n, i, to);
		if (functions)
			print_functions(seen, rows[i], to);
	}
	fprintf(to, "%-36s %10s %10zu\n\n", "all", "",
		count(seen, rows, n, NULL));
	fprintf(to,
		"%lu tasks, %lu times a function; not counted: %lu in "
		"interrupts, %lu for ptrace, %lu for the tracer. Seen in this "
		"run: another may reach more.\n",
		sums.tasks, sums.counted, sums.interrupts, sums.watched,
		sums.tracer);
}

static json_t *row_json(
	const struct surface_seen *seen, const struct reached *row)
{
	json_t *o = json_object(), *list = json_array();

	json_object_set_new(o, "name", json_string(row->name));
	json_object_set_new(o, "call", json_boolean(row->call));
	if (row->n)
		json_object_set_new(
			o, "times", json_integer((json_int_t)row->n));
	for (size_t f = 0; f < seen->s->n; f++)
		if (row->has[f])
			json_array_append_new(
				list, json_string(seen->s->list[f].name));
	json_object_set_new(o, "functions", list);
	return o;
}

int surface_print_json(const struct surface_seen *seen, FILE *to)
{
	const struct reached *rows[ROWS + 1];
	size_t n = sort(seen->r, rows);
	struct reach_sums sums = reach_sums(seen->r);
	json_t *o = json_object(), *list = json_array();
	int err;

	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "kernel", json_string(seen->release));
	json_object_set_new(o, "by", json_string("ftrace"));
	json_object_set_new(o, "command", json_string(seen->command));
	json_object_set_new(
		o, "lost", json_integer((json_int_t)seen->sums.lost));
	json_object_set_new(o, "whole", json_boolean(!seen->sums.lost_some));
	json_object_set_new(
		o, "counted", json_integer((json_int_t)sums.counted));
	json_object_set_new(
		o, "interrupts", json_integer((json_int_t)sums.interrupts));
	json_object_set_new(
		o, "watched", json_integer((json_int_t)sums.watched));
	json_object_set_new(o, "tracer", json_integer((json_int_t)sums.tracer));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, row_json(seen, rows[i]));
	json_object_set_new(o, "rows", list);
	err = json_dumpf(o, to, JSON_COMPACT);
	fputc('\n', to);
	json_decref(o);
	return err ? -ENOMEM : 0;
}
