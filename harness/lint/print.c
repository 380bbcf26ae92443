/* SPDX-License-Identifier: MIT */
/*
 * print.c: findings as text, JSON, and SARIF (Static Analysis Results
 * Interchange Format 2.1.0, OASIS), which code hosts show beside the line.
 */
#include <jansson.h>

#include "lint/lint.h"
#include "lint/rank.h"
#include "sys/text.h"
#include "version.h"

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"  \
	"sarif-schema-2.1.0.json"

void lint_print_text(FILE *to, const char *uri, const struct lint *l)
{
	char place[4096], text[4096];

	text_show(uri, place, sizeof(place));
	for (size_t i = 0; i < l->n; i++) {
		const struct lint_finding *f = &l->findings[i];

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
	if (l->lost)
		fprintf(to, "%s: and more\n", place);
}

static void print(FILE *to, json_t *o)
{
	json_dumpf(o, to, JSON_INDENT(1) | JSON_ENSURE_ASCII);
	fputc('\n', to);
	json_decref(o);
}

void lint_print_json(FILE *to, const char *uri, const struct lint *l)
{
	json_t *all = json_array();

	for (size_t i = 0; i < l->n; i++) {
		const struct lint_finding *f = &l->findings[i];

		json_array_append_new(all,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s*, s:s*, s:i, "
				  "s:i, s:o*}",
				"rule", f->rule->id, "level",
				lint_level_name(f->level), "text", f->text,
				"about", f->rule->about, "fix", f->rule->fix,
				"cell", f->rule->cell, "page", f->rule->page,
				"line", f->line, "column", f->column, "calls",
				rank_json(f)));
	}
	print(to, json_pack("{s:i, s:s, s:b, s:o}", "v", 1, "profile", uri,
			  "lost", l->lost, "findings", all));
}

static json_t *sarif_rules(void)
{
	json_t *rules = json_array();

	for (size_t i = 0; i < lint_nrules; i++) {
		const struct lint_rule *r = &lint_rules[i];

		json_array_append_new(
			rules, json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}, "
					 "s:{s:s*, s:s*}}",
				       "id", r->id, "shortDescription", "text",
				       r->about, "help", "text", r->fix,
				       "defaultConfiguration", "level",
				       lint_level_name(r->level), "properties",
				       "cell", r->cell, "page", r->page));
	}
	return rules;
}

static json_t *sarif_result(const char *uri, const struct lint_finding *f)
{
	json_t *place = json_pack("{s:{s:{s:s}, s:{s:i, s:i}}}",
		"physicalLocation", "artifactLocation", "uri", uri, "region",
		"startLine", f->line, "startColumn", f->column);

	return json_pack("{s:s, s:i, s:s, s:{s:o}, s:[o]}", "ruleId",
		f->rule->id, "ruleIndex", (int)(f->rule - lint_rules), "level",
		lint_level_name(f->level), "message", "text",
		json_sprintf("%s: %s", f->text, f->rule->about), "locations",
		place);
}

void lint_print_sarif(FILE *to, const char *uri, const struct lint *l)
{
	json_t *results = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(
			results, sarif_result(uri, &l->findings[i]));
	print(to,
		json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:o}]}",
			"$schema", SCHEMA, "version", "2.1.0", "runs", "tool",
			"driver", "name", "quartet", "version", QUARTET_VERSION,
			"rules", sarif_rules(), "results", results));
}
