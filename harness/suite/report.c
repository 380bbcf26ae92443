/* SPDX-License-Identifier: MIT */
/* report.c: a recorded run, for people. */
#include "suite/report.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "suite/judge.h"
#include "suite/questions.h"
#include "suite/record.h"

/* What the summary needs of one record. */
struct row {
	char *cell, *outcome, *verdict, *call, *text, *want;
	double ms;
};

struct rows {
	struct row *v;
	size_t n;
};

static char *copy(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return strdup(s ? s : "");
}

static int add_row(json_t *o, void *arg)
{
	struct rows *rows = arg;
	struct row *more = realloc(rows->v, (rows->n + 1) * sizeof(*more));

	if (!more)
		return -ENOMEM;
	rows->v = more;
	more[rows->n++] = (struct row){
		.cell = copy(o, "cell"),
		.outcome = copy(o, "outcome"),
		.verdict = copy(o, "verdict"),
		.call = copy(o, "call"),
		.text = copy(o, "text"),
		.want = copy(o, "want"),
		.ms = json_number_value(json_object_get(o, "ms")),
	};
	return 0;
}

static int by_cell(const void *a, const void *b)
{
	return strcmp(
		((const struct row *)a)->cell, ((const struct row *)b)->cell);
}

static const struct row *find(const struct rows *rows, const char *cell)
{
	struct row key = { .cell = (char *)cell };

	return bsearch(&key, rows->v, rows->n, sizeof(key), by_cell);
}

static size_t count(const struct rows *rows, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += !strcmp(rows->v[i].verdict, judge_verdict_name(verdict));
	return n;
}

static bool cell_proves(
	const struct row *row, enum outcome outcome, const char *call)
{
	return row && !strcmp(row->outcome, judge_outcome_name(outcome)) &&
	       (!call || !strcmp(row->call, call));
}

static void print_claim(
	const struct rows *rows, const struct claim *claim, FILE *out)
{
	bool proven = true, absent = true;

	for (int i = 0; i < CLAIM_CELLS && claim->cells[i].cell; i++) {
		const struct row *row = find(rows, claim->cells[i].cell);

		absent = absent && !row;
		proven = proven && cell_proves(row, claim->cells[i].outcome,
					   claim->cells[i].call);
	}
	fprintf(out, "  %-9s %s\n",
		proven	 ? "proven"
		: absent ? "not run"
			 : "NOT SO",
		claim->text);
	for (int i = 0; i < CLAIM_CELLS && claim->cells[i].cell; i++) {
		const struct row *row = find(rows, claim->cells[i].cell);

		fprintf(out, "              %-50s %s\n", claim->cells[i].cell,
			row ? row->text : "no record");
	}
}

static void print_questions(const struct rows *rows, FILE *out)
{
	for (int i = 0; i < nquestions; i++) {
		const struct question *q = &questions[i];

		fprintf(out, "%s\n%s\n", q->text, q->answer);
		for (const struct claim *c = q->claims; c->text; c++)
			print_claim(rows, c, out);
		fputc('\n', out);
	}
}

static void print_odd(const struct rows *rows, enum verdict verdict,
	const char *title, FILE *out)
{
	size_t n = count(rows, verdict), shown = 0;

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

/* Skips by reason: hundreds of cells may share one. */
static void print_skips(const struct rows *rows, FILE *out)
{
	for (size_t i = 0; i < rows->n; i++) {
		const char *why = rows->v[i].text;
		size_t same = 0;
		bool first = true;

		if (strcmp(rows->v[i].verdict, "skip"))
			continue;
		for (size_t k = 0; k < rows->n; k++) {
			if (strcmp(rows->v[k].verdict, "skip") ||
				strcmp(rows->v[k].text, why))
				continue;
			first = first && k >= i;
			same++;
		}
		if (first)
			fprintf(out, "skipped %zu, such as %s: %s\n", same,
				rows->v[i].cell, why);
	}
}

static void print_about(const char *dir, FILE *out)
{
	char path[PATH_MAX];
	const char *kernel = "?", *quartet = "?", *lib = "?", *start = "?";
	json_t *o;

	snprintf(path, sizeof(path), "%s/run.json", dir);
	o = json_load_file(path, 0, NULL);
	if (o)
		json_unpack(o, "{s:s,s:s,s:s,s:s}", "kernel", &kernel,
			"quartet", &quartet, "libseccomp", &lib, "started",
			&start);
	fprintf(out, "quartet %s, Linux %s, libseccomp %s, %s\n\n", quartet,
		kernel, lib, start);
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

	fprintf(out,
		"%zu cells: %zu as declared, %zu differ, %zu broken, "
		"%zu skipped, %zu missing\nrecords: %s/cells.jsonl\n",
		n > rows->n ? n : rows->n, count(rows, VERDICT_PASS),
		count(rows, VERDICT_FAIL), count(rows, VERDICT_BROKEN),
		count(rows, VERDICT_SKIP), n > rows->n ? n - rows->n : 0, dir);
}

static void free_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		free(rows->v[i].cell);
		free(rows->v[i].outcome);
		free(rows->v[i].verdict);
		free(rows->v[i].call);
		free(rows->v[i].text);
		free(rows->v[i].want);
	}
	free(rows->v);
}

int report_print(const char *dir, FILE *out, bool brief)
{
	struct rows rows = { 0 };
	int ret = record_each(dir, add_row, &rows);

	if (!ret) {
		if (rows.n)
			qsort(rows.v, rows.n, sizeof(*rows.v), by_cell);
		if (!brief) {
			print_about(dir, out);
			print_questions(&rows, out);
		}
		print_odd(&rows, VERDICT_FAIL, "not as declared", out);
		print_odd(&rows, VERDICT_BROKEN, "broken", out);
		print_skips(&rows, out);
		print_totals(dir, &rows, out);
	}
	free_rows(&rows);
	return ret;
}
