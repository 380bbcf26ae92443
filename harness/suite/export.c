/* SPDX-License-Identifier: MIT */
/* export.c: a recorded run as KTAP and as JUnit XML. */
#include "suite/export.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "suite/record.h"
#include "sys/text.h"

struct totals {
	size_t n, fail, broken, skip;
	FILE *out;
};

static int count(const struct line *l, void *arg)
{
	struct totals *t = arg;
	const char *verdict = l->verdict;

	t->n++;
	t->fail += !strcmp(verdict, "fail");
	t->broken += !strcmp(verdict, "broken");
	t->skip += !strcmp(verdict, "skip");
	return 0;
}

/* A `#` would start a directive: ktap.rst. A record may be a stranger's. */
static void put_plain(FILE *out, const char *text)
{
	char shown[4096];

	text_show(text, shown, sizeof(shown));
	for (const char *s = shown; *s; s++)
		fputc(*s == '#' ? '.' : *s, out);
}

static int put_ktap(const struct line *l, void *arg)
{
	struct totals *t = arg;
	const char *verdict = l->verdict;
	bool skip = !strcmp(verdict, "skip");
	bool ok = skip || !strcmp(verdict, "pass") ||
		  !strcmp(verdict, "undeclared");

	fprintf(t->out, "%s %zu ", ok ? "ok" : "not ok", ++t->n);
	put_plain(t->out, l->cell);
	if (skip)
		fputs(" # SKIP ", t->out);
	if (skip)
		put_plain(t->out, l->text);
	fputc('\n', t->out);
	if (!ok) {
		fputs("# ", t->out);
		put_plain(t->out, verdict);
		fputs(": ", t->out);
		put_plain(t->out, l->text);
		fputs("; declared: ", t->out);
		put_plain(t->out, l->want);
		fputc('\n', t->out);
	}
	return 0;
}

int export_ktap(const char *dir, size_t missing, FILE *out)
{
	struct totals t = { .out = out };
	int ret = record_each(dir, count, &t);

	if (ret)
		return ret;
	fprintf(out, "KTAP version 1\n1..%zu\n", t.n);
	t.n = 0;
	ret = record_each(dir, put_ktap, &t);
	if (missing)
		fprintf(out, "Bail out! %zu cells have no record\n", missing);
	return ret ? ret : fflush(out) ? -errno : 0;
}

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
	fputs("\"/>\n", out);
}

static int put_case(const struct line *l, void *arg)
{
	struct totals *t = arg;
	const char *verdict = l->verdict;

	fputs("  <testcase classname=\"", t->out);
	put_xml(t->out, l->probe);
	fputs("\" name=\"", t->out);
	put_xml(t->out, l->cell);
	fprintf(t->out, "\" time=\"%.6f\">\n", l->ms / 1000);
	if (!strcmp(verdict, "fail"))
		put_element(t->out, "failure", l, true);
	else if (!strcmp(verdict, "broken"))
		put_element(t->out, "error", l, true);
	else if (!strcmp(verdict, "skip"))
		put_element(t->out, "skipped", l, false);
	fputs("  </testcase>\n", t->out);
	return 0;
}

int export_junit(const char *dir, size_t missing, FILE *out)
{
	struct totals t = { .out = out };
	int ret = record_each(dir, count, &t);

	if (ret)
		return ret;
	fprintf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite "
		"name=\"quartet\" tests=\"%zu\" failures=\"%zu\" "
		"errors=\"%zu\" skipped=\"%zu\">\n",
		t.n + !!missing, t.fail, t.broken + !!missing, t.skip);
	ret = record_each(dir, put_case, &t);
	if (missing)
		fprintf(out,
			"  <testcase name=\"all cells\"><error message=\"%zu "
			"cells have no record\"/></testcase>\n",
			missing);
	fputs("</testsuite>\n", out);
	return ret ? ret : fflush(out) ? -errno : 0;
}
