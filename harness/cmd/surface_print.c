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

static size_t sort(const struct sorts *all, const struct reached **rows)
{
	size_t n = all->n < ROWS ? all->n : ROWS;

	for (size_t i = 0; i < n; i++)
		rows[i] = &all->list[i];
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
		fprintf(to, "%-36s %10s %10s%s %10s\n",
			rows[i]->call ? "call" : "without a call", "times",
			"functions", seen->by_kcov ? "     blocks" : "",
			"alone here");
	if (rows[i]->n)
		snprintf(times, sizeof(times), "%lu", rows[i]->n);
	fprintf(to, "  %-34s %10s %10zu", rows[i]->name, times,
		rows[i]->functions);
	if (seen->by_kcov)
		fprintf(to, " %10zu", rows[i]->nblocks);
	fprintf(to, " %10zu\n", count(seen, rows, n, rows[i]));
}

/* How many blocks there are in all rows: of each row the next that is left. */
static size_t count_blocks(const struct reached **rows, size_t n)
{
	size_t at[ROWS] = { 0 }, sum = 0;

	for (;; sum++) {
		uint64_t least = UINT64_MAX;

		for (size_t i = 0; i < n; i++)
			if (at[i] < rows[i]->nblocks &&
				rows[i]->blocks[at[i]] < least)
				least = rows[i]->blocks[at[i]];
		if (least == UINT64_MAX)
			return sum;
		for (size_t i = 0; i < n; i++)
			at[i] += at[i] < rows[i]->nblocks &&
				 rows[i]->blocks[at[i]] == least;
	}
}

static void print_sums(const struct surface_seen *seen, FILE *to)
{
	const struct reach_sums *s = &seen->sums;

	if (seen->by_kcov)
		fprintf(to,
			"%lu tasks. Not looked at: interrupts, ptrace, and "
			"what the kernel's Makefiles leave out of KCOV "
			"(scheduler, most locks, RCU, slabs, arch/x86/kernel). "
			"Seen in this run: another may reach more.\n",
			seen->tasks);
	else
		fprintf(to,
			"%lu tasks, %lu times a function; not counted: %lu in "
			"interrupts, %lu for ptrace, %lu for the tracer. Seen "
			"in this run: another may reach more.\n",
			seen->tasks, s->counted, s->interrupts, s->watched,
			s->tracer);
}

void surface_print(const struct surface_seen *seen, bool functions, FILE *to)
{
	const struct reached *rows[ROWS + 1] = { 0 };
	size_t n = sort(seen->rows, rows);

	fprintf(to, "seen on Linux %s, by %s: %s\n\n", seen->release,
		seen->by_kcov ? "KCOV" : "its tracer of functions",
		seen->command);
	for (size_t i = 0; i < n; i++) {
		print_row(seen, rows, n, i, to);
		if (functions)
			print_functions(seen, rows[i], to);
	}
	fprintf(to, "%-36s %10s %10zu", "all", "", count(seen, rows, n, NULL));
	if (seen->by_kcov)
		fprintf(to, " %10zu", count_blocks(rows, n));
	fputs("\n\n", to);
	print_sums(seen, to);
}

static json_t *blocks_json(const struct reached *row)
{
	json_t *list = json_array();
	char at[24];

	for (size_t i = 0; i < row->nblocks; i++) {
		snprintf(at, sizeof(at), "%llx",
			(unsigned long long)row->blocks[i]);
		json_array_append_new(list, json_string(at));
	}
	return list;
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
	if (row->blocks)
		json_object_set_new(o, "blocks", blocks_json(row));
	return o;
}

static void sums_json(const struct reach_sums *s, json_t *o)
{
	json_object_set_new(o, "counted", json_integer((json_int_t)s->counted));
	json_object_set_new(
		o, "interrupts", json_integer((json_int_t)s->interrupts));
	json_object_set_new(o, "watched", json_integer((json_int_t)s->watched));
	json_object_set_new(o, "tracer", json_integer((json_int_t)s->tracer));
}

int surface_print_json(const struct surface_seen *seen, FILE *to)
{
	const struct reached *rows[ROWS + 1] = { 0 };
	size_t n = sort(seen->rows, rows);
	json_t *o = json_object(), *list = json_array();
	int err;

	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "kernel", json_string(seen->release));
	json_object_set_new(
		o, "by", json_string(seen->by_kcov ? "kcov" : "ftrace"));
	json_object_set_new(o, "command", json_string(seen->command));
	json_object_set_new(o, "lost", json_integer((json_int_t)seen->lost));
	json_object_set_new(o, "whole", json_boolean(!seen->lost_some));
	if (!seen->by_kcov)
		sums_json(&seen->sums, o);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, row_json(seen, rows[i]));
	json_object_set_new(o, "rows", list);
	err = json_dumpf(o, to, JSON_COMPACT);
	fputc('\n', to);
	json_decref(o);
	return err ? -ENOMEM : 0;
}
