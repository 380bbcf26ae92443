/* SPDX-License-Identifier: MIT */
/* export_github.c: what is not as declared, as annotations of a GitHub
 * workflow. */
#include <string.h>

#include "suite/export.h"
#include "sys/text.h"

/* Workflow commands: "%", line ends, and in properties ":" and "," are escaped
 * (actions/toolkit, packages/core/src/command.ts). A record may be a
 * stranger's. */
static void put_escaped(FILE *out, const char *text, const char *also)
{
	char shown[4096];

	text_show(text, shown, sizeof(shown));
	for (const char *s = shown; *s; s++)
		if (*s == '%' || strchr(also, *s))
			fprintf(out, "%%%02X", (unsigned char)*s);
		else
			fputc(*s, out);
}

static void put_annotation(
	const struct export *e, const struct line *l, const char *level)
{
	fprintf(e->out, "::%s title=", level);
	put_escaped(e->out, l->cell, ":,");
	fputs(",file=probes/", e->out);
	put_escaped(e->out, l->probe, ":,");
	fputs(".c::", e->out);
	put_escaped(e->out, l->text, "");
	if (l->want[0]) {
		fputs("; declared: ", e->out);
		put_escaped(e->out, l->want, "");
	}
	if (l->known[0]) {
		fputs("; known: ", e->out);
		put_escaped(e->out, l->known, "");
	}
	fputc('\n', e->out);
}

static void put_line(struct export *e, const struct line *l)
{
	switch (judge_verdict_named(l->verdict)) {
	case VERDICT_FAIL:
	case VERDICT_BROKEN:
		put_annotation(e, l, "error");
		break;
	case VERDICT_KNOWN:
		put_annotation(e, l, "notice");
		break;
	default:
		break;
	}
}

static void put_over(const struct export *e, const struct known_line *v)
{
	fputs("::notice title=known failures::", e->out);
	put_escaped(e->out, v->cell, "");
	fputs(" passes now: ", e->out);
	put_escaped(e->out, v->address, "");
	fputc('\n', e->out);
}

static void put_foot(const struct export *e)
{
	for (size_t i = 0; i < e->known.n; i++)
		if (known_is_over(&e->known.v[i]))
			put_over(e, &e->known.v[i]);
	if (e->counts[VERDICT_MISSING])
		fprintf(e->out,
			"::error title=quartet::%zu cells have no record\n",
			e->counts[VERDICT_MISSING]);
}

const struct exporter export_github = { "--github", NULL, put_line, put_foot };
