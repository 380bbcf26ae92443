/* SPDX-License-Identifier: MIT */
/* page_probes.c: what a page says of probes, flavours and texts. */
#include "suite/page_probes.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/failure.h"

#define SOURCE_MAX 1600
#define TEXT_MAX   (256 << 10)

char *page_read(const char *path, size_t max)
{
	FILE *f = fopen(path, "re");
	char *text = f ? malloc(max + 2) : NULL;
	size_t n = text ? fread(text, 1, max + 1, f) : 0;
	bool bad = f && (ferror(f) || n > max);

	if (n > max)
		errno = E2BIG;
	if (f)
		fclose(f);
	if (!text || bad) {
		free(text);
		return NULL;
	}
	text[n] = '\0';
	return text;
}

/* An installed quartet has none. */
static void add_source(const struct suite *s, const char *name, json_t *o)
{
	char path[PATH_MAX];
	char *text;

	snprintf(path, sizeof(path), "%s/../probes/%s.c", s->build, name);
	text = page_read(path, SOURCE_MAX);
	if (text)
		json_object_set_new(o, "source", json_string(text));
	free(text);
}

static void set(json_t *o, const char *key, const char *text)
{
	if (text)
		json_object_set_new(o, key, json_string(text));
}

int page_probe(const struct suite *s, const char *name, json_t *probes)
{
	const struct declaration *d;
	json_t *o, *seen;

	if (json_object_get(probes, name))
		return 0;
	d = suite_declaration(s, name);
	o = json_object();
	if (!o || json_object_set_new(probes, name, o))
		return -ENOMEM;
	if (!d || d->unbuilt)
		return 0;
	set(o, "about", d->probe.about);
	set(o, "symptom", d->probe.symptom);
	set(o, "diagnosis", d->probe.diagnosis);
	seen = json_array();
	for (int i = 0; i < PROBE_SEEN_MAX && d->probe.seen[i]; i++)
		json_array_append_new(seen, json_string(d->probe.seen[i]));
	json_object_set_new(o, "seen", seen);
	add_source(s, name, o);
	return 0;
}

json_t *page_flavours(const struct suite *s)
{
	static const char *const libcs[] = { "none", "glibc", "musl" };
	json_t *all = json_object();

	for (size_t i = 0; i < s->nflavours; i++) {
		const struct flavour *f = &s->flavours[i];
		unsigned kind = f->libc >> 28;

		json_object_set_new(all, f->name,
			json_string(kind < 3 ? libcs[kind] : "?"));
	}
	return all;
}

int page_texts(const char *const *paths, size_t n, json_t *data)
{
	json_t *all = json_array();

	if (!all || json_object_set_new(data, "texts", all))
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		const char *name = strrchr(paths[i], '/');
		char *text = page_read(paths[i], TEXT_MAX);
		json_t *o;

		if (!text) {
			failure_say(
				"report: %s: %s", paths[i], strerror(errno));
			return -EINVAL;
		}
		o = json_pack("{s:s,s:s}", "name", name ? name + 1 : paths[i],
			"text", text);
		free(text);
		if (!o) {
			failure_say("report: %s: this is no UTF-8", paths[i]);
			return -EINVAL;
		}
		json_array_append_new(all, o);
	}
	return 0;
}
