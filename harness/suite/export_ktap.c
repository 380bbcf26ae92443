/* SPDX-License-Identifier: MIT */
/* export_ktap.c: a recorded run as KTAP. */
#include <stdbool.h>

#include "suite/export.h"
#include "sys/text.h"

/* A `#` would start a directive: ktap.rst. A record may be a stranger's. */
static void put_plain(FILE *out, const char *text)
{
	char shown[4096];

	text_show(text, shown, sizeof(shown));
	for (const char *s = shown; *s; s++)
		fputc(*s == '#' ? '.' : *s, out);
}

static void put_directive(FILE *out, const char *name, const char *why)
{
	fprintf(out, " # %s ", name);
	put_plain(out, why);
}

static void put_why(FILE *out, const struct line *l)
{
	fputs("# ", out);
	put_plain(out, l->verdict);
	fputs(": ", out);
	put_plain(out, l->text);
	fputs("; declared: ", out);
	put_plain(out, l->want);
	fputc('\n', out);
}

static void put_head(const struct export *e)
{
	fprintf(e->out, "KTAP version 1\n1..%zu\n", e->n);
}

static void put_line(struct export *e, const struct line *l)
{
	enum verdict verdict = judge_verdict_named(l->verdict);
	bool ok = verdict == VERDICT_SKIP || verdict == VERDICT_PASS ||
		  verdict == VERDICT_NONE;
	const struct known_line *over =
		verdict == VERDICT_PASS ? known_passes(&e->known, l) : NULL;

	fprintf(e->out, "%s %zu ", ok ? "ok" : "not ok", e->no);
	put_plain(e->out, l->cell);
	if (verdict == VERDICT_SKIP)
		put_directive(e->out, "SKIP", l->text);
	else if (verdict == VERDICT_KNOWN)
		put_directive(e->out, "TODO", l->known);
	else if (over)
		put_directive(e->out, "TODO", over->address);
	fputc('\n', e->out);
	if (!ok)
		put_why(e->out, l);
}

static void put_foot(const struct export *e)
{
	if (e->counts[VERDICT_MISSING])
		fprintf(e->out, "Bail out! %zu cells have no record\n",
			e->counts[VERDICT_MISSING]);
}

const struct exporter export_ktap = { "--ktap", put_head, put_line, put_foot };
