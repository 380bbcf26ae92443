/* SPDX-License-Identifier: MIT */
/* export_junit.c: a recorded run as JUnit XML. */
#include <stdbool.h>

#include "suite/export.h"

/* XML 1.0 has no control characters at all; "?" stands for them. */
static void put_xml(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '&')
			fputs("&amp;", out);
		else if (*s == '<')
			fputs("&lt;", out);
		else if (*s == '"')
			fputs("&quot;", out);
		else
			fputc((unsigned char)*s < ' ' ? '?' : *s, out);
	}
}

static void put_element(
	FILE *out, const char *name, const struct line *l, bool declared)
{
	fprintf(out, "    <%s message=\"", name);
	put_xml(out, l->text);
	if (declared) {
		fputs("; declared: ", out);
		put_xml(out, l->want);
	}
	if (l->known[0]) {
		fputs("; known: ", out);
		put_xml(out, l->known);
	}
	fputs("\"/>\n", out);
}

static void put_head(const struct export *e)
{
	size_t missing = e->counts[VERDICT_MISSING] != 0;

	fprintf(e->out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite "
		"name=\"quartet\" tests=\"%zu\" failures=\"%zu\" "
		"errors=\"%zu\" skipped=\"%zu\">\n",
		e->n + missing, e->counts[VERDICT_FAIL],
		e->counts[VERDICT_BROKEN] + missing,
		e->counts[VERDICT_SKIP] + e->counts[VERDICT_KNOWN]);
}

static void put_line(struct export *e, const struct line *l)
{
	fputs("  <testcase classname=\"", e->out);
	put_xml(e->out, l->probe);
	fputs("\" name=\"", e->out);
	put_xml(e->out, l->cell);
	fprintf(e->out, "\" time=\"%.6f\">\n", l->ms / 1000);
	switch (judge_verdict_named(l->verdict)) {
	case VERDICT_FAIL:
		put_element(e->out, "failure", l, true);
		break;
	case VERDICT_BROKEN:
		put_element(e->out, "error", l, true);
		break;
	case VERDICT_KNOWN:
		put_element(e->out, "skipped", l, true);
		break;
	case VERDICT_SKIP:
		put_element(e->out, "skipped", l, false);
		break;
	default:
		break;
	}
	fputs("  </testcase>\n", e->out);
}

static void put_foot(const struct export *e)
{
	if (e->counts[VERDICT_MISSING])
		fprintf(e->out,
			"  <testcase name=\"all cells\"><error message=\"%zu "
			"cells have no record\"/></testcase>\n",
			e->counts[VERDICT_MISSING]);
	fputs("</testsuite>\n", e->out);
}

const struct exporter export_junit = { "--junit", put_head, put_line,
	put_foot };
