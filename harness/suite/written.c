/* SPDX-License-Identifier: MIT */
/*
 * written.c: the answers as a text. Prose is written.md's; what was seen is put
 * in by the directives below, so that neither can tell what the other does not.
 */
#include "suite/written.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/rules.h"
#include "suite/about.h"
#include "suite/answers.h"
#include "suite/record.h"
#include "suite/written_less.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(written_md, "harness/suite/written.md");

struct written {
	const struct suite *suite;
	const char *dir;
	struct rows rows, less;
	FILE *out;
};

static const char *seen(const struct written *w, const char *cell)
{
	const struct row *row;

	return rows_find(&w->rows, cell, &row) ? row->text : "no record";
}

static void put_run(struct written *w, const char *rest)
{
	json_t *about = about_read(w->dir), *libcs, *version;
	const char *kernel = "?", *lib = "?", *name;

	(void)rest;
	json_unpack(about, "{s:s,s:s}", "kernel", &kernel, "libseccomp", &lib);
	fprintf(w->out, "> Linux %s, libseccomp %s; built for", kernel, lib);
	libcs = json_object_get(about, "flavours");
	json_object_foreach(libcs, name, version)
	{
		const char *v = json_string_value(version);

		fprintf(w->out, " %s%s%s", name, v && v[0] != '0' ? " " : "",
			v && v[0] != '0' ? v : "");
	}
	fputs(".\n", w->out);
	json_decref(about);
}

/* Calls FN for each word of TEXT. */
static void each_word(struct written *w, const char *text,
	void (*fn)(struct written *w, const char *word))
{
	char *copy = strdup(text), *at = NULL;

	for (char *s = strtok_r(copy, " ", &at); s;
		s = strtok_r(NULL, " ", &at))
		fn(w, s);
	free(copy);
}

static void put_row(struct written *w, const char *cell)
{
	fprintf(w->out, "| `%s` | %s |\n", cell, seen(w, cell));
}

static void put_cells(struct written *w, const char *rest)
{
	fputs("| cell | seen |\n|---|---|\n", w->out);
	each_word(w, rest, put_row);
}

static void put_claim(struct written *w, const struct claim *c)
{
	fprintf(w->out, "\n*%s:* %s\n\n", c->side == FOR ? "For" : "Against",
		c->text);
	fputs("| cell | seen |\n|---|---|\n", w->out);
	for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
		put_row(w, c->cells[i].cell);
}

/* A sentence, and folded behind it the cells that it stands on. */
static void put_answer(struct written *w, const struct answer *a)
{
	fprintf(w->out, "<details><summary>%s <em>(%s)</em></summary>\n",
		a->text, answers_standing_name(answers_standing(&w->rows, a)));
	for (const struct claim *c = a->claims; c->text; c++)
		put_claim(w, c);
	fputs("\n</details>\n", w->out);
}

static void put_question(struct written *w, const char *rest)
{
	const struct question *q;

	for (size_t i = 0; (q = question_at(i)); i++)
		if (!strncmp(q->text, rest, strlen(rest)))
			for (const struct answer *a = q->answers; a->text; a++)
				put_answer(w, a);
}

static void put_less(struct written *w, const char *call)
{
	written_less(&w->rows, &w->less, call, w->out);
}

static void put_rungs(struct written *w, const char *rest)
{
	(void)rest;
	fputs("| profile | beyond the four | runs from here on | seen |\n"
	      "|---|---|---|---|\n",
		w->out);
}

/* The calls that PROFILE allows beside the four, for x86-64. */
static void put_calls(struct written *w, const char *name)
{
	static const char *const four[] = { "read", "write", "exit", "futex" };
	char dir[300];
	struct profile_error err;
	struct profile *p;
	bool any = false;

	snprintf(dir, sizeof(dir), "%s/profiles", w->suite->build);
	p = profile_load(dir, name, &err);
	for (size_t i = 0; p && i < p->nrules; i++) {
		const char *call = p->rules[i].name;
		bool known = seccomp_syscall_resolve_name_arch(
				     SCMP_ARCH_X86_64, call) < 0;

		for (size_t k = 0; k < sizeof(four) / sizeof(*four); k++)
			known = known || !strcmp(four[k], call);
		if (!known)
			fprintf(w->out, "%s%s", any ? ", " : "", call);
		any = any || !known;
	}
	profile_free(p);
}

static void put_seen(struct written *w, const char *cell)
{
	fprintf(w->out, " `%s` %s;", cell, seen(w, cell));
}

/* PROFILE|TEXT|CELL... */
static void put_rung(struct written *w, const char *rest)
{
	char *copy = strdup(rest), *at = NULL;
	const char *profile = strtok_r(copy, "|", &at);
	const char *text = strtok_r(NULL, "|", &at);

	fprintf(w->out, "| `%s` | ", profile);
	put_calls(w, profile);
	fprintf(w->out, " | %s |", text);
	each_word(w, at, put_seen);
	fputs(" |\n", w->out);
	free(copy);
}

static const struct {
	const char *name;
	void (*put)(struct written *w, const char *rest);
} directives[] = {
	{ "@run", put_run },
	{ "@cells ", put_cells },
	{ "@question ", put_question },
	{ "@less ", put_less },
	{ "@rungs", put_rungs },
	{ "@rung ", put_rung },
};

static void put_line(struct written *w, const char *line)
{
	for (size_t i = 0; i < sizeof(directives) / sizeof(*directives); i++) {
		size_t n = strlen(directives[i].name);

		if (!strncmp(line, directives[i].name, n) &&
			(line[n - 1] == ' ' || !line[n])) {
			directives[i].put(w, line + n);
			return;
		}
	}
	fprintf(w->out, "%s\n", line);
}

static void put_all(struct written *w)
{
	const char *at = written_md;

	fputs("<!-- Made by `quartet report --answers`: edit "
	      "harness/suite/written.md. -->\n",
		w->out);
	while (*at) {
		size_t n = strcspn(at, "\n");
		char *line = strndup(at, n);

		put_line(w, line);
		free(line);
		at += n + (at[n] == '\n');
	}
}

static int keep(const struct line *l, void *rows)
{
	return rows_add(rows, l);
}

int written_print(
	const char *dir, const char *less, const struct suite *s, FILE *out)
{
	struct written w = { .suite = s, .dir = dir, .out = out };
	int ret = record_each(dir, NULL, keep, &w.rows);

	if (!ret && less)
		ret = record_each(less, NULL, keep, &w.less);
	if (!ret) {
		rows_sort(&w.rows);
		rows_sort(&w.less);
		put_all(&w);
	}
	if (ret == -ENOMEM)
		failure_say("report: %s: %s", dir, strerror(-ret));
	rows_free(&w.rows);
	rows_free(&w.less);
	return ret;
}
