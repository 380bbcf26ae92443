/* SPDX-License-Identifier: MIT */
/* sarif.c: findings as SARIF 2.1.0. The sections named are of that standard. */
#include <ctype.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"
#include "lint/report.h"
#include "version.h"

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"  \
	"sarif-schema-2.1.0.json"

static json_t *rule(const struct lint_rule *r)
{
	json_t *help = json_sprintf("%s. Fix: %s.", r->about, r->fix);

	if (r->cell) {
		json_decref(help);
		help = json_sprintf("%s. Fix: %s. See it: quartet show %s",
			r->about, r->fix, r->cell);
	}
	return json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:o}, s:s*, s:{s:s}, "
			 "s:{s:s*, s:[s]}}",
		"id", r->id, "shortDescription", "text", r->about,
		"fullDescription", "text", r->about, "help", "text", help,
		"helpUri", r->page, "defaultConfiguration", "level",
		lint_level_name(r->level), "properties", "cell", r->cell,
		"tags", "security");
}

static json_t *rules(void)
{
	json_t *all = json_array();

	for (size_t i = 0; i < lint_nrules; i++)
		json_array_append_new(all, rule(&lint_rules[i]));
	return all;
}

/* A path as a URI reference (RFC 3986, 2.3 and 3.3): relative to what the
 * reader takes for the root, or with its scheme. */
static json_t *reference(const char *path)
{
	char uri[4096];
	struct text t = text_in(uri, sizeof(uri));

	if (*path == '/')
		text_put(&t, "file://");
	for (const char *s = path; *s; s++)
		if (isalnum((unsigned char)*s) || strchr("-._~/", *s))
			text_put(&t, "%c", *s);
		else
			text_put(&t, "%%%02X", (unsigned char)*s);
	return json_string(uri);
}

static json_t *result(const char *uri, const struct lint_finding *f)
{
	char text[4096];
	json_t *place = json_pack("{s:{s:{s:o}, s:{s:i, s:i}}}",
		"physicalLocation", "artifactLocation", "uri",
		reference(report_file(uri, f)), "region", "startLine", f->line,
		"startColumn", f->column);

	text_show(f->text, text, sizeof(text));
	return json_pack("{s:s, s:i, s:s, s:{s:o}, s:[o], s:{s:o}}", "ruleId",
		f->rule->id, "ruleIndex", (int)(f->rule - lint_rules), "level",
		lint_level_name(f->level), "message", "text",
		json_sprintf("%s: %s", text, f->rule->about), "locations",
		place, "partialFingerprints", "quartet/v1",
		json_sprintf("%s/%s/%s", f->rule->id, calls_arch_name(f->arch),
			f->subjects));
}

void sarif_add(json_t *results, const char *uri, const struct lint *l)
{
	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(results, result(uri, &l->findings[i]));
}

json_t *sarif_log(json_t *results)
{
	return json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:o}]}",
		"$schema", SCHEMA, "version", "2.1.0", "runs", "tool", "driver",
		"name", "quartet", "version", QUARTET_VERSION, "rules", rules(),
		"results", results);
}
