/* SPDX-License-Identifier: MIT */
/* report.c: a recorded run, for people. */
#include "suite/report.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "suite/answers.h"
#include "suite/judge.h"
#include "suite/needs.h"
#include "suite/record.h"
#include "suite/rows.h"
#include "sys/failure.h"
#include "sys/text.h"

static void print_odd(const struct rows *rows, enum verdict verdict,
	const char *title, FILE *out)
{
	size_t n = rows_count(rows, verdict), shown = 0;

	if (!n)
		return;
	fprintf(out, "%s (%zu):\n", title, n);
	for (size_t i = 0; i < rows->n && shown < 60; i++) {
		const struct row *row = &rows->v[i];

		if (strcmp(row->verdict, judge_verdict_name(verdict)))
			continue;
		shown++;
		fprintf(out, "  %-50s %s", row->cell, row->text);
		fprintf(out, row->want[0] ? "; declared: %s\n" : "%s\n",
			row->want);
	}
	if (n > shown)
		fprintf(out, "  and %zu more\n", n - shown);
	fprintf(out, "  `quartet show CELL` runs one again and tells all\n\n");
}

static int by_why(const void *a, const void *b)
{
	const struct row *x = *(const struct row *const *)a;
	const struct row *y = *(const struct row *const *)b;
	int order = strcmp(x->text, y->text);

	return order ? order : strcmp(x->cell, y->cell);
}

/* By reason: hundreds of cells may share one. */
static int print_skips(const struct rows *rows, FILE *out)
{
	size_t n = 0, same;
	const struct row **v = malloc((rows->n + 1) * sizeof(*v));

	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < rows->n; i++)
		if (!strcmp(rows->v[i].verdict,
			    judge_verdict_name(VERDICT_SKIP)))
			v[n++] = &rows->v[i];
	qsort(v, n, sizeof(*v), by_why);
	for (size_t i = 0; i < n; i += same) {
		for (same = 1; i + same < n; same++)
			if (strcmp(v[i]->text, v[i + same]->text) != 0)
				break;
		fprintf(out, "skipped %zu, such as %s: %s\n", same, v[i]->cell,
			v[i]->text);
	}
	free(v);
	return 0;
}

static void print_about(const char *dir, FILE *out)
{
	char path[PATH_MAX], line[400], shown[1600];
	const char *kernel = "?", *quartet = "?", *lib = "?", *start = "?";
	json_t *o;

	snprintf(path, sizeof(path), "%s/run.json", dir);
	o = json_load_file(path, 0, NULL);
	if (o)
		json_unpack(o, "{s:s,s:s,s:s,s:s}", "kernel", &kernel,
			"quartet", &quartet, "libseccomp", &lib, "started",
			&start);
	snprintf(line, sizeof(line), "quartet %s, Linux %s, libseccomp %s, %s",
		quartet, kernel, lib, start);
	text_show(line, shown, sizeof(shown));
	fprintf(out, "%s\n\n", shown);
	json_decref(o);
}

static size_t planned(const char *dir)
{
	char path[PATH_MAX];
	json_int_t n;
	json_t *o;

	snprintf(path, sizeof(path), "%s/run.json", dir);
	o = json_load_file(path, 0, NULL);
	n = json_integer_value(json_object_get(o, "cells"));
	json_decref(o);
	return n > 0 ? (size_t)n : 0;
}

static void print_totals(const char *dir, const struct rows *rows, FILE *out)
{
	size_t n = planned(dir);
	char shown[PATH_MAX];

	text_show(dir, shown, sizeof(shown));
	fprintf(out,
		"%zu cells: %zu as declared, %zu differ, %zu broken, "
		"%zu skipped, %zu missing",
		n > rows->n ? n : rows->n, rows_count(rows, VERDICT_PASS),
		rows_count(rows, VERDICT_FAIL),
		rows_count(rows, VERDICT_BROKEN),
		rows_count(rows, VERDICT_SKIP), n > rows->n ? n - rows->n : 0);
	if (rows_count(rows, VERDICT_NONE))
		fprintf(out, ", %zu under a file, of which nothing is declared",
			rows_count(rows, VERDICT_NONE));
	fprintf(out, "\nrecords: %s/cells.jsonl\n", shown);
}

int report_print(const char *dir, FILE *out, bool brief)
{
	struct rows rows = { 0 };
	int ret = record_each(dir, rows_add, &rows);
	bool own;

	if (!ret) {
		rows_sort(&rows);
		if (!brief)
			print_about(dir, out);
		own = needs_print(&rows, out);
		if (!brief && !own)
			answers_print(&rows, out);
		print_odd(&rows, VERDICT_FAIL, "not as declared", out);
		print_odd(&rows, VERDICT_BROKEN, "broken", out);
		if (!own)
			print_odd(
				&rows, VERDICT_NONE, "seen under a file", out);
		ret = print_skips(&rows, out);
		print_totals(dir, &rows, out);
	}
	if (ret == -ENOMEM)
		failure_say("report: %s: %s", dir, strerror(-ret));
	rows_free(&rows);
	return ret;
}
