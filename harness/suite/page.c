/* SPDX-License-Identifier: MIT */
/*
 * page.c: recorded runs as one page of HTML. The page holds the records as
 * JSON, packed; page.js unpacks it and makes what is seen.
 */
#include "suite/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "suite/about.h"
#include "suite/answers.h"
#include "suite/known.h"
#include "suite/pack.h"
#include "suite/page_fuzz.h"
#include "suite/page_probes.h"
#include "suite/record.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(page_html, "harness/suite/page.html");
EMBED(page_css, "harness/suite/page.css");
EMBED(page_js, "harness/suite/page.js");
EMBED(page_views, "harness/suite/page_views.js");
EMBED(page_matrix, "harness/suite/page_matrix.js");
EMBED(page_figures, "harness/suite/page_figures.js");

#define DUMP (JSON_COMPACT | JSON_REAL_PRECISION(4))

struct reading {
	struct pack pack;
	json_t *probes;	    /* what is known of those that were met */
	json_t *rows;	    /* of the run that is read */
	struct known known; /* ... and the failures that it was told of */
	const struct suite *suite;
};

static const char *text_of(const json_t *cell, const char *key)
{
	const char *text = json_string_value(json_object_get(cell, key));

	return text ? text : "";
}

static void leave_out_name(json_t *cell)
{
	char name[300];

	snprintf(name, sizeof(name), "%s@%s/%s", text_of(cell, "probe"),
		text_of(cell, "profile"), text_of(cell, "flavour"));
	if (!strcmp(name, text_of(cell, "cell")))
		json_object_del(cell, "cell");
}

/* What the rest tells again is left out: page.js puts it back. */
static void leave_out(json_t *cell)
{
	static const struct {
		const char *key, *usual;
	} usual[] = {
		{ "kernel", "host" },
		{ "verdict", "pass" },
	};
	const json_t *text = json_object_get(cell, "text");

	leave_out_name(cell);
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (!strcmp(text_of(cell, usual[i].key), usual[i].usual))
			json_object_del(cell, usual[i].key);
	if (text && json_equal(text, json_object_get(cell, "outcome")))
		json_object_del(cell, "text");
	json_object_del(cell, "v");
	json_object_del(cell, "tid");
}

static void judge_known(struct known *known, json_t *cell)
{
	struct line l;

	line_from_json(cell, &l);
	known_judge(known, &l);
	if (strcmp(l.verdict, judge_verdict_name(VERDICT_KNOWN)))
		return;
	json_object_set_new(cell, "verdict", json_string(l.verdict));
	json_object_set_new(cell, "known", json_string(l.known));
}

static int add_row(json_t *cell, void *arg)
{
	struct reading *r = arg;
	const char *name = json_string_value(json_object_get(cell, "probe"));
	json_t *row;

	judge_known(&r->known, cell);
	leave_out(cell);
	row = pack_row(&r->pack, cell);
	if (!row || json_array_append_new(r->rows, row))
		return -ENOMEM;
	return name ? page_probe(r->suite, name, r->probes) : 0;
}

/* An object of one run, or NULL with *ERR set. */
static json_t *read_run(struct reading *r, const char *dir, int *err)
{
	json_t *about = about_read(dir), *run;

	r->rows = json_array();
	run = json_pack(
		"{s:s,s:o?,s:o}", "name", dir, "about", about, "rows", r->rows);
	*err = run ? known_of_run(&r->known, dir) : -ENOMEM;
	if (!*err)
		*err = record_each_whole(dir, add_row, r);
	known_free(&r->known);
	if (!*err)
		return run;
	json_decref(run);
	return NULL;
}

static json_t *proofs(const struct rows *rows, const struct claim *c)
{
	json_t *all = json_array();

	for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++) {
		const struct proof *p = &c->cells[i];
		const char *needs = p->outcome == OUT_BROKEN
					    ? "as declared"
					    : judge_outcome_name(p->outcome);

		json_array_append_new(all,
			json_pack("{s:s,s:s,s:s?,s:s}", "cell", p->cell,
				"needs", needs, "call", p->call, "standing",
				answers_standing_name(answers_proof(rows, p))));
	}
	return all;
}

static json_t *claims(const struct rows *rows, const struct answer *a)
{
	json_t *all = json_array();

	for (const struct claim *c = a->claims; c->text; c++)
		json_array_append_new(
			all, json_pack("{s:b,s:s,s:o}", "against",
				     c->side == AGAINST, "text", c->text,
				     "cells", proofs(rows, c)));
	return all;
}

static json_t *questions(const struct rows *rows)
{
	json_t *all = json_array();
	const struct question *q;

	for (size_t i = 0; (q = question_at(i)); i++) {
		json_t *said = json_array();

		for (const struct answer *a = q->answers; a->text; a++)
			json_array_append_new(said,
				json_pack("{s:s,s:s,s:o}", "text", a->text,
					"standing",
					answers_standing_name(
						answers_standing(rows, a)),
					"claims", claims(rows, a)));
		json_array_append_new(all, json_pack("{s:s,s:o}", "text",
						   q->text, "answers", said));
	}
	return all;
}

static int put_script(const char *bytes, size_t size, void *arg)
{
	/* What a browser could take for the end of the script, or a comment,
	 * stands in JSON within texts alone. */
	for (size_t i = 0; i < size; i++)
		if (strchr("<>&", bytes[i]) && bytes[i])
			fprintf(arg, "\\u%04x", bytes[i]);
		else
			fputc(bytes[i], arg);
	return ferror((FILE *)arg) ? -1 : 0;
}

static int write_page(const json_t *data, FILE *out)
{
	static const char *const marks[] = { "@STYLE@", "@DATA@", "@SCRIPT@" };
	const char *at = page_html;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *mark = strstr(at, marks[i]);

		fprintf(out, "%.*s", (int)(mark - at), at);
		at = mark + strlen(marks[i]);
		if (i == 0)
			fputs(page_css, out);
		else if (i == 2)
			fprintf(out, "%s%s%s%s", page_js, page_matrix,
				page_figures, page_views);
		else if (json_dump_callback(data, put_script, out, DUMP))
			return -EIO;
	}
	fputs(at, out);
	return fflush(out) || ferror(out) ? -EIO : 0;
}

static int keep(const struct line *l, void *rows)
{
	return rows_add(rows, l);
}

/* All that the page shows, or NULL with *ERR set. */
static json_t *gather(
	const struct page *p, struct reading *r, struct rows *rows, int *err)
{
	json_t *runs = json_array(), *data;

	r->probes = json_object();
	*err = record_each(p->runs[0], NULL, keep, rows);
	if (!*err)
		*err = pack_open(&r->pack);
	for (size_t i = 0; i < p->nruns && !*err; i++) {
		json_t *run = read_run(r, p->runs[i], err);

		if (run)
			json_array_append_new(runs, run);
	}
	rows_sort(rows);
	data = json_pack("{s:o,s:O,s:O,s:o,s:o,s:o}", "runs", runs, "values",
		r->pack.values, "shapes", r->pack.shapes, "probes", r->probes,
		"flavours", page_flavours(r->suite), "questions",
		questions(rows));
	if (!*err && data)
		*err = page_texts(p->texts, p->ntexts, data);
	if (!*err && data)
		*err = page_campaigns(p->fuzz, p->nfuzz, data);
	pack_close(&r->pack);
	if (!data && !*err)
		*err = -ENOMEM;
	if (!*err)
		return data;
	json_decref(data);
	return NULL;
}

int page_write(const struct page *p, const struct suite *s, FILE *out)
{
	struct reading r = { .suite = s };
	struct rows rows = { 0 };
	int err;
	json_t *data = gather(p, &r, &rows, &err);

	if (data)
		err = write_page(data, out);
	if (err == -ENOMEM || err == -EIO)
		failure_say("report: the page: %s", strerror(-err));
	json_decref(data);
	rows_free(&rows);
	return err;
}
