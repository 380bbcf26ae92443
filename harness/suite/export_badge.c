/* SPDX-License-Identifier: MIT */
/* export_badge.c: a run in a few words: a badge for shields.io, or as SVG. */
#include <string.h>

#include "suite/export.h"
#include "sys/text.h"

#define LABEL "quartet"

/* As shields.io names it, and a shade of it that white is read on. */
struct colour {
	const char *name, *shade;
};

static const struct colour red = { "red", "#b3261e" };
static const struct colour orange = { "orange", "#9a5200" };
static const struct colour green = { "brightgreen", "#1e7a1e" };
static const struct colour grey = { "lightgrey", "#666" };

static const struct colour *sum_up(
	const struct export *e, char *to, size_t size)
{
	size_t broken = e->counts[VERDICT_BROKEN] + e->counts[VERDICT_MISSING];
	size_t differ = e->counts[VERDICT_FAIL];
	size_t known = e->counts[VERDICT_KNOWN];
	size_t pass = e->counts[VERDICT_PASS];
	struct text t = text_in(to, size);

	if (differ)
		text_put(&t, "%zu differ", differ);
	if (broken)
		text_put(&t, "%s%zu without evidence", differ ? ", " : "",
			broken);
	if (!differ && !broken && (pass || known))
		text_put(&t, "%zu as declared", pass);
	if (!differ && !broken && known)
		text_put(&t, ", %zu known", known);
	if (!t.n)
		text_put(&t, "nothing judged");
	return differ ? &red : broken ? &orange : pass ? &green : &grey;
}

/* https://shields.io/badges/endpoint-badge */
static void put_json(const struct export *e)
{
	char message[128];
	const struct colour *c = sum_up(e, message, sizeof(message));

	fprintf(e->out,
		"{\"schemaVersion\":1,\"label\":\"" LABEL "\","
		"\"message\":\"%s\",\"color\":\"%s\"}\n",
		message, c->name);
}

/* Wide enough for the widest of the fonts; textLength has each fill it. */
static unsigned int width(const char *text)
{
	return 7 * (unsigned int)strlen(text);
}

static void put_text(FILE *out, unsigned int x, const char *text)
{
	fprintf(out, "<text x=\"%u\" y=\"14\" textLength=\"%u\">%s</text>\n", x,
		width(text), text);
}

/* No byte of a stranger's is in it: counts and words of ours. */
static void put_svg(const struct export *e)
{
	char message[128];
	const struct colour *c = sum_up(e, message, sizeof(message));
	unsigned int left = width(LABEL) + 12, right = width(message) + 12;

	fprintf(e->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" "
		"height=\"20\" role=\"img\" aria-labelledby=\"t\">\n"
		"<title id=\"t\">" LABEL ": %s</title>\n"
		"<rect width=\"%u\" height=\"20\" fill=\"#444\"/>\n"
		"<rect x=\"%u\" width=\"%u\" height=\"20\" fill=\"%s\"/>\n"
		"<g fill=\"#fff\" font-size=\"11\" font-family=\"Verdana,"
		"DejaVu Sans,Geneva,sans-serif\">\n",
		left + right, message, left, left, right, c->shade);
	put_text(e->out, 6, LABEL);
	put_text(e->out, left + 6, message);
	fputs("</g>\n</svg>\n", e->out);
}

const struct exporter export_badge = { "--badge", put_json, NULL, NULL };
const struct exporter export_svg = { "--svg", put_svg, NULL, NULL };
