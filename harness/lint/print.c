/* SPDX-License-Identifier: MIT */
/* print.c: findings as text, JSON, and workflow commands of GitHub. */
#include <string.h>

#include "lint/report.h"
#include "lint/rank.h"
#include "sys/calls.h"
#include "sys/text.h"

const char *report_file(const char *uri, const struct lint_finding *f)
{
	return *f->file ? f->file : uri;
}

static void print_text(FILE *to, const char *uri, const struct lint *l)
{
	char place[4096], text[4096];

	for (size_t i = 0; i < l->n; i++) {
		const struct lint_finding *f = &l->findings[i];

		text_show(report_file(uri, f), place, sizeof(place));
		text_show(f->text, text, sizeof(text));
		fprintf(to, "%s:%d:%d: %s: %s [%s]\n\t%s\n\tfix: %s\n", place,
			f->line, f->column, lint_level_name(f->level), text,
			f->rule->id, f->rule->about, f->rule->fix);
		rank_print_text(to, f);
		if (f->rule->cell)
			fprintf(to, "\tsee it: quartet show %s\n",
				f->rule->cell);
		else
			fprintf(to, "\tsee: %s\n", f->rule->page);
	}
	text_show(uri, place, sizeof(place));
	if (l->lost)
		fprintf(to, "%s: and more\n", place);
}

void report_json(FILE *to, json_t *o)
{
	json_dumpf(o, to, JSON_INDENT(1) | JSON_ENSURE_ASCII);
	fputc('\n', to);
	json_decref(o);
}

static json_t *finding(const struct lint_finding *f)
{
	char text[4096], file[1024];

	text_show(f->text, text, sizeof(text));
	text_show(f->file, file, sizeof(file));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s*, s:s*, s:s, s:s, "
			 "s:s*, s:i, s:i, s:o*}",
		"rule", f->rule->id, "level", lint_level_name(f->level), "text",
		text, "about", f->rule->about, "fix", f->rule->fix, "cell",
		f->rule->cell, "page", f->rule->page, "arch",
		calls_arch_name(f->arch), "subjects", f->subjects, "file",
		*file ? file : NULL, "line", f->line, "column", f->column,
		"calls", rank_json(f));
}

static void print_json(FILE *to, const char *uri, const struct lint *l)
{
	json_t *all = json_array();
	char name[4096];

	text_show(uri, name, sizeof(name));
	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(all, finding(&l->findings[i]));
	report_json(to, json_pack("{s:i, s:s, s:b, s:o}", "v", 1, "profile",
				name, "lost", l->lost, "findings", all));
}

/*
 * What a runner reads back as it was (actions/toolkit, packages/core/src/
 * command.ts): of a PROPERTY two characters more are told apart from its end.
 */
static void put_escaped(FILE *to, const char *text, bool property)
{
	for (; *text; text++)
		if (strchr("%\r\n", *text) || (property && strchr(":,", *text)))
			fprintf(to, "%%%02X", (unsigned char)*text);
		else
			fputc(*text, to);
}

static void print_github(FILE *to, const char *uri, const struct lint *l)
{
	static const char *const commands[] = {
		[LINT_NOTE] = "notice",
		[LINT_WARNING] = "warning",
		[LINT_ERROR] = "error",
	};
	char text[4096];

	for (size_t i = 0; i < l->n; i++) {
		const struct lint_finding *f = &l->findings[i];

		fprintf(to, "::%s file=", commands[f->level]);
		put_escaped(to, report_file(uri, f), true);
		fprintf(to, ",line=%d,col=%d,title=", f->line, f->column);
		put_escaped(to, f->rule->id, true);
		fputs("::", to);
		text_show(f->text, text, sizeof(text));
		put_escaped(to, text, false);
		fprintf(to, "%%0A");
		put_escaped(to, f->rule->about, false);
		fprintf(to, "%%0Afix: ");
		put_escaped(to, f->rule->fix, false);
		fputc('\n', to);
	}
}

void report_begin(struct report *r, FILE *to, enum report_form form)
{
	*r = (struct report){ .to = to, .form = form };
	if (form == REPORT_SARIF)
		r->results = json_array();
}

void report_add(struct report *r, const char *uri, const struct lint *l)
{
	switch (r->form) {
	case REPORT_TEXT:
		print_text(r->to, uri, l);
		break;
	case REPORT_JSON:
		print_json(r->to, uri, l);
		break;
	case REPORT_GITHUB:
		print_github(r->to, uri, l);
		break;
	case REPORT_SARIF:
		sarif_add(r->results, uri, l);
	}
}

void report_end(struct report *r)
{
	if (r->form == REPORT_SARIF)
		report_json(r->to, sarif_log(r->results));
	r->results = NULL;
}
