/* SPDX-License-Identifier: MIT */
/*
 * report.c: a recorded run, for people. Of a record of any length as much is
 * kept as is told.
 */
#include "suite/report.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite/about.h"
#include "suite/answers.h"
#include "suite/judge.h"
#include "suite/needs.h"
#include "suite/record.h"
#include "suite/rows.h"
#include "suite/skips.h"
#include "suite/words.h"
#include "sys/beside.h"
#include "sys/embed.h"
#include "sys/failure.h"
#include "sys/text.h"

#define ODD_SHOWN 60 /* of each verdict */

/* How the answers are to be read. */
EMBED(report_reading, "harness/suite/reading.txt");

struct report {
	struct words cited; /* cells that answers stand on */
	struct words met;   /* what was seen of the kept, each once */
	struct rows kept;   /* for answers and needs */
	struct rows odd[VERDICT_MISSING]; /* the first by name */
	struct skips skips;
	struct known known;
	size_t counts[VERDICT_MISSING];
	size_t n;
	bool brief, begun;
	size_t told; /* questions */
};

/* The same outcome again tells nothing more. */
static int keep(struct report *r, const struct line *l)
{
	size_t before = r->met.n;
	char key[4096];

	snprintf(key, sizeof(key), "%s\n%s\n%s\n%s", l->cell, l->verdict,
		l->call, l->text);
	if (words_add(&r->met, key) == WORDS_NONE)
		return -ENOMEM;
	return r->met.n == before ? 0 : rows_add(&r->kept, l);
}

static int add_odd(struct report *r, enum verdict verdict, const struct line *l)
{
	struct rows *odd = &r->odd[verdict];

	if (odd->n >= 2 * ODD_SHOWN)
		rows_keep_first(odd, ODD_SHOWN);
	return rows_add(odd, l);
}

static int add(const struct line *l, void *arg)
{
	struct report *r = arg;
	enum verdict verdict = judge_verdict_named(l->verdict);
	int ret = 0;

	r->n++;
	r->counts[verdict]++;
	if (words_find(&r->cited, l->cell) != WORDS_NONE || needs_line(l))
		ret = keep(r, l);
	if (ret || verdict == VERDICT_PASS)
		return ret;
	if (verdict == VERDICT_SKIP)
		return skips_add(&r->skips, l);
	return verdict == VERDICT_KNOWN ? 0 : add_odd(r, verdict, l);
}

static void print_odd(
	struct report *r, enum verdict verdict, const char *title, FILE *out)
{
	size_t n = r->counts[verdict];
	struct rows *odd = &r->odd[verdict];

	if (!n)
		return;
	rows_keep_first(odd, ODD_SHOWN);
	fprintf(out, "%s (%zu):\n", title, n);
	for (size_t i = 0; i < odd->n; i++) {
		const struct row *row = &odd->v[i];

		fprintf(out, "  %-50s %s", row->cell, row->text);
		fprintf(out, row->want[0] ? "; declared: %s\n" : "%s\n",
			row->want);
	}
	if (n > odd->n)
		fprintf(out, "  and %zu more\n", n - odd->n);
	fprintf(out, "  `quartet show CELL` runs one again and tells all\n\n");
}

static void print_about(const char *dir, FILE *out)
{
	char line[400], shown[1600];
	const char *kernel = "?", *quartet = "?", *lib = "?", *start = "?";
	json_t *o = about_read(dir);

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
	json_t *o = about_read(dir);
	json_int_t n = json_integer_value(json_object_get(o, "cells"));

	json_decref(o);
	return n > 0 ? (size_t)n : 0;
}

static void print_totals(const char *dir, const struct report *r, FILE *out)
{
	size_t n = planned(dir);
	char shown[PATH_MAX];

	text_show(dir, shown, sizeof(shown));
	fprintf(out,
		"%zu cells: %zu as declared, %zu differ, %zu broken, "
		"%zu skipped, %zu missing",
		n > r->n ? n : r->n, r->counts[VERDICT_PASS],
		r->counts[VERDICT_FAIL], r->counts[VERDICT_BROKEN],
		r->counts[VERDICT_SKIP], n > r->n ? n - r->n : 0);
	if (r->counts[VERDICT_KNOWN])
		fprintf(out, ", %zu fail as is known",
			r->counts[VERDICT_KNOWN]);
	if (r->counts[VERDICT_NONE])
		fprintf(out, ", %zu under a file, of which nothing is declared",
			r->counts[VERDICT_NONE]);
	fprintf(out, "\nrecords: %s/cells.jsonl\n", shown);
}

/* A line for each of the list: a failure, or one that is over. */
static void print_known(const struct known *k, FILE *out)
{
	char cell[1024], outcome[1024], address[1024];

	for (size_t i = 0; i < k->n; i++) {
		const struct known_line *v = &k->v[i];

		if (!v->failed && !known_is_over(v))
			continue;
		text_show(v->cell, cell, sizeof(cell));
		text_show(v->outcome, outcome, sizeof(outcome));
		text_show(v->address, address, sizeof(address));
		if (v->failed)
			fprintf(out, "known (%zu): %s %s: %s\n", v->failed,
				cell, outcome, address);
		else
			fprintf(out,
				"passes now, and was known as \"%s\" (%zu): "
				"%s: %s\n",
				outcome, v->passed, cell, address);
	}
}

/* For who has just read the answers: what to type, as this command was. */
static void print_next(FILE *out)
{
	char me[PATH_MAX], mark[PATH_MAX];
	bool installed = !beside_path(mark, sizeof(mark), "installed") &&
			 !access(mark, F_OK);

	text_show(program_invocation_name, me, sizeof(me));
	fprintf(out,
		"\nWhere to go on:\n"
		"  %s explain -p four -- COMMAND\n"
		"      what this filter refuses a program of yours, and why\n"
		"  %s show exit/return@four/glibc\n"
		"      one of these again: the refused call, its stack, the "
		"reason\n"
		"  %s report --html -o page.html\n"
		"      all of it as a page for your browser\n"
		"  %s\n"
		"      %s\n",
		me, me, me,
		installed ? "man quartet-tutorial"
			  : "README.md, results/ANSWERS.md",
		installed ? "from a filter that breaks something to one that "
			    "fits"
			  : "the same answers in plain words, and what else "
			    "there is");
}

void report_head(const char *dir, FILE *out)
{
	print_about(dir, out);
	fputs(report_reading, out);
}

static void print(const char *dir, struct report *r, FILE *out)
{
	bool own;

	rows_sort(&r->kept);
	if (!r->brief && !r->begun)
		print_about(dir, out);
	own = needs_print(&r->kept, out);
	if (!r->brief && !own) {
		if (!r->begun)
			fputs(report_reading, out);
		answers_print(&r->kept, r->told, out);
	}
	print_odd(r, VERDICT_FAIL, "not as declared", out);
	print_odd(r, VERDICT_BROKEN, "broken", out);
	if (!own)
		print_odd(r, VERDICT_NONE, "seen under a file", out);
	print_known(&r->known, out);
	skips_print(&r->skips, out);
	print_totals(dir, r, out);
	if (!r->brief && !own)
		print_next(out);
}

static int read_and_print(const char *dir, struct report *r, FILE *out)
{
	int ret = known_of_run(&r->known, dir);

	if (!ret)
		ret = answers_cells(&r->cited);
	if (!ret)
		ret = record_each(dir, &r->known, add, r);
	if (!ret)
		print(dir, r, out);
	if (ret == -ENOMEM)
		failure_say("report: %s: %s", dir, strerror(-ret));
	words_free(&r->cited);
	words_free(&r->met);
	rows_free(&r->kept);
	for (int v = 0; v < VERDICT_MISSING; v++)
		rows_free(&r->odd[v]);
	skips_free(&r->skips);
	known_free(&r->known);
	return ret;
}

int report_print(const char *dir, FILE *out, bool brief)
{
	struct report r = { .brief = brief };

	return read_and_print(dir, &r, out);
}

int report_rest(const char *dir, size_t told, FILE *out)
{
	struct report r = { .begun = true, .told = told };

	return read_and_print(dir, &r, out);
}
