/* SPDX-License-Identifier: MIT */
/*
 * profile.c: finds a profile, and the reader that its contents ask for:
 * profile_raw.c for BPF, profile_oci.c for JSON.
 */
#include "profile.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile_json.h"

#define MAX_SIZE (4 << 20) /* Docker's own is 20 KB */

static void set_names(struct profile *p, const char *name)
{
	const char *base = strrchr(name, '/');

	snprintf(p->where, sizeof(p->where), "%s", name);
	base = base ? base + 1 : name;
	snprintf(p->name, sizeof(p->name), "%.*s", (int)strcspn(base, "."),
		base);
}

struct profile *profile_parse(const char *name, const char *text, size_t size,
	struct profile_error *err)
{
	struct profile *p = calloc(1, sizeof(*p));
	struct json_reader r = {
		.p = p, .text = text, .size = size, .err = err
	};
	json_error_t e;
	json_t *o;

	if (!p) {
		snprintf(err->text, sizeof(err->text), "%s: out of memory",
			name);
		return NULL;
	}
	set_names(p, name);
	p->mode = PROFILE_FILTER;
	if (profile_is_raw(text, size)) {
		if (!profile_read_raw(p, text, size, err))
			return p;
		profile_free(p);
		return NULL;
	}
	o = json_loadb(text, size, JSON_REJECT_DUPLICATES, &e);
	if (!o) {
		snprintf(err->text, sizeof(err->text), "%s:%d:%d: %s", p->where,
			e.line, e.column, e.text);
		profile_free(p);
		return NULL;
	}
	if (oci_read(&r, o)) {
		profile_free(p);
		p = NULL;
	}
	json_decref(o);
	return p;
}

static struct profile *built_in(const char *name, enum profile_mode mode)
{
	struct profile *p = calloc(1, sizeof(*p));

	if (p) {
		set_names(p, name);
		p->mode = mode;
	}
	return p;
}

static char *read_file(const char *path, size_t *size, const char **why)
{
	FILE *f = fopen(path, "re");
	char *text = malloc(MAX_SIZE + 1);

	*why = NULL;
	*size = 0;
	if (!f || !text) {
		*why = strerror(errno);
	} else {
		*size = fread(text, 1, MAX_SIZE + 1, f);
		if (ferror(f))
			*why = strerror(errno);
		else if (*size > MAX_SIZE)
			*why = "more than 4 MiB: no profile";
	}
	if (f)
		fclose(f);
	if (*why) {
		free(text);
		return NULL;
	}
	return text;
}

struct profile *profile_load(
	const char *dir, const char *name_or_path, struct profile_error *err)
{
	bool shipped = !strpbrk(name_or_path, "/.");
	const char *why, *path = name_or_path;
	struct profile *p;
	char buf[512], *text;
	size_t size;

	if (!strcmp(name_or_path, "none"))
		return built_in(name_or_path, PROFILE_NONE);
	if (!strcmp(name_or_path, "strict"))
		return built_in(name_or_path, PROFILE_STRICT);
	if (shipped) {
		snprintf(buf, sizeof(buf), "%s/%s.json", dir, name_or_path);
		path = buf;
	}
	text = read_file(path, &size, &why);
	if (!text) {
		snprintf(err->text, sizeof(err->text), "%s: %s%s", name_or_path,
			why,
			shipped ? " (no shipped profile has that name; a file "
				  "needs a '/' or a suffix)"
				: "");
		return NULL;
	}
	p = profile_parse(path, text, size, err);
	free(text);
	return p;
}

void profile_free(struct profile *p)
{
	if (p) {
		free(p->rules);
		free(p->insns);
	}
	free(p);
}

const char *profile_name(const struct profile *p)
{
	return p->name;
}
