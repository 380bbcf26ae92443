/* SPDX-License-Identifier: MIT */
/*
 * export_kcidb.c: a recorded run as a report to KCIDB, the Linux kernel's
 * database of test results (github.com/kernelci/kcidb-io, schema 5.3). What was
 * tested is the kernel of the machine, a checkout and a build; each record is a
 * test of it. Cells that ran on a guest's kernel are left out.
 */
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "suite/export.h"
#include "sys/text.h"

#define ORIGIN "quartet"

static void set(json_t *o, const char *key, const char *value)
{
	char shown[4096];

	text_show(value, shown, sizeof(shown));
	if (shown[0])
		json_object_set_new(o, key, json_string(shown));
}

static void put(FILE *out, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT);

	json_decref(o);
	if (!text)
		abort();
	fputs(text, out);
	free(text);
}

static const char *own_release(json_t *about)
{
	const char *s = json_string_value(json_object_get(about, "kernel"));

	return s ? s : "unknown";
}

static void set_id(
	json_t *o, const char *key, const char *release, const char *more)
{
	char id[512];

	snprintf(id, sizeof(id), ORIGIN ":linux-%s%s", release, more);
	set(o, key, id);
}

static json_t *build_of(const char *release, json_t *about)
{
	json_t *o = json_object();
	const char *machine =
		json_string_value(json_object_get(about, "machine"));

	set_id(o, "checkout_id", release, "");
	set_id(o, "id", release, "-x86_64");
	set(o, "origin", ORIGIN);
	set(o, "architecture", machine ? machine : "x86_64");
	return o;
}

static json_t *checkout_of(const char *release)
{
	json_t *o = json_object();
	char comment[512];

	set_id(o, "id", release, "");
	set(o, "origin", ORIGIN);
	snprintf(comment, sizeof(comment), "Linux %s, as installed", release);
	set(o, "comment", comment);
	return o;
}

static void put_head(const struct export *e)
{
	const char *release = own_release(e->about);

	fputs("{\"version\":{\"major\":5,\"minor\":3},\n\"checkouts\":[",
		e->out);
	put(e->out, checkout_of(release));
	fputs("],\n\"builds\":[", e->out);
	put(e->out, build_of(release, e->about));
	fputs("],\n\"tests\":[", e->out);
}

/* "exit/raw@four+files/glibc" is quartet.exit.raw.four_files.glibc: letters,
 * digits, "_" and "-", between dots. */
static void set_path(json_t *o, const char *cell)
{
	char path[512];
	size_t n = (size_t)snprintf(path, sizeof(path), ORIGIN ".%s", cell);

	n = n < sizeof(path) ? n : sizeof(path) - 1;
	for (size_t i = strlen(ORIGIN "."); i < n; i++)
		if (path[i] == '/' || path[i] == '@')
			path[i] = '.';
		else if (!isalnum((unsigned char)path[i]) && path[i] != '-')
			path[i] = '_';
	set(o, "path", path);
}

static const char *status_of(const struct line *l)
{
	static const char *const statuses[] = {
		[VERDICT_PASS] = "PASS",
		[VERDICT_FAIL] = "FAIL",
		[VERDICT_BROKEN] = "ERROR",
		[VERDICT_SKIP] = "SKIP",
		[VERDICT_NONE] = "DONE",
		[VERDICT_KNOWN] = "FAIL",
	};

	return statuses[judge_verdict_named(l->verdict)];
}

static json_t *misc_of(const struct line *l)
{
	json_t *o = json_object();

	set(o, "cell", l->cell);
	set(o, "profile", l->profile);
	set(o, "flavour", l->flavour);
	set(o, "kernel", l->kernel);
	set(o, "release", l->release);
	set(o, "declared", l->want);
	set(o, "known", l->known);
	return o;
}

static void put_line(struct export *e, const struct line *l)
{
	json_t *o = json_object();
	const char *start =
		json_string_value(json_object_get(e->about, "started"));
	char id[1024];

	if (l->release[0] && strcmp(l->release, own_release(e->about)) != 0) {
		json_decref(o);
		return;
	}
	fputs(e->put++ ? ",\n" : "\n", e->out);
	set_id(o, "build_id", own_release(e->about), "-x86_64");
	snprintf(id, sizeof(id), ORIGIN ":%s/%zu", start ? start : "?", e->no);
	set(o, "id", id);
	set(o, "origin", ORIGIN);
	set_path(o, l->cell);
	set(o, "comment", l->text);
	set(o, "status", status_of(l));
	if (start)
		set(o, "start_time", start);
	json_object_set_new(o, "duration", json_real(l->ms / 1000));
	json_object_set_new(o, "misc", misc_of(l));
	put(e->out, o);
}

static void put_foot(const struct export *e)
{
	fputs("\n]}\n", e->out);
}

const struct exporter export_kcidb = { "--kcidb", put_head, put_line,
	put_foot };
