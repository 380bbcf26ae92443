/* SPDX-License-Identifier: MIT */
/* merge.c: several recorded runs as one. */
#include "suite/merge.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "suite/record.h"
#include "sys/failure.h"
#include "sys/text.h"

#define SHOWN 60

struct merge_cell {
	uint32_t wanted, seen;
};

static int say(const char *path, int err)
{
	failure_say("%s: %s", path, strerror(-err));
	return err;
}

static struct merge_cell *find_cell(struct merge *m, const char *name)
{
	size_t before = m->names.n, room = m->room ? 2 * m->room : 1024;
	uint32_t no = words_add(&m->names, name);
	struct merge_cell *cells;

	if (no == WORDS_NONE)
		return NULL;
	if (no >= m->room) {
		cells = realloc(m->cells, room * sizeof(*cells));
		if (!cells)
			return NULL;
		m->cells = cells;
		m->room = room;
	}
	if (m->names.n > before)
		m->cells[no] = (struct merge_cell){ 0 };
	return &m->cells[no];
}

int merge_expect(struct merge *m, const struct suite *s, uint32_t n)
{
	for (size_t i = 0; i < s->ncells; i++) {
		struct merge_cell *c = find_cell(m, s->cells[i].name);

		if (!c)
			return -ENOMEM;
		c->wanted = c->wanted > n ? c->wanted : n;
	}
	return 0;
}

static int see(const struct line *l, void *arg)
{
	struct merge *m = arg;
	struct merge_cell *c = find_cell(m, l->cell);

	if (!c)
		return -ENOMEM;
	c->seen++;
	m->records++;
	return 0;
}

/* Whole lines: what a kill has cut is left out, as readers do. */
static int copy_lines(const char *dir, FILE *out)
{
	char path[PATH_MAX], *text = NULL;
	size_t size = 0;
	ssize_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	f = fopen(path, "re");
	if (!f)
		return say(path, -errno);
	while ((n = getline(&text, &size, f)) > 0 && text[n - 1] == '\n')
		fwrite(text, 1, (size_t)n, out);
	free(text);
	fclose(f);
	return ferror(out) ? say(dir, -EIO) : 0;
}

/* "6.1, 6.12": what the machines have, each once. */
static void join_text(json_t *all, const char *key, const char *more)
{
	const char *has = json_string_value(json_object_get(all, key));
	char text[1024];

	if (!more || (has && strstr(has, more)))
		return;
	snprintf(text, sizeof(text), "%s%s%s", has ? has : "", has ? ", " : "",
		more);
	json_object_set_new(all, key, json_string(text));
}

static void join(json_t *all, const json_t *about)
{
	static const char *const keys[] = { "quartet", "kernel", "kernel_build",
		"machine", "libseccomp", "runner_libc" };
	json_t *flavours = json_object_get(about, "flavours"), *version;
	const char *key;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		join_text(all, keys[i],
			json_string_value(json_object_get(about, keys[i])));
	json_object_foreach(flavours, key, version)
	{
		join_text(json_object_get(all, "flavours"), key,
			json_string_value(version));
	}
}

int merge_add(struct merge *m, const char *dir, const json_t *about, FILE *out)
{
	int ret = record_each(dir, NULL, see, m);

	if (ret)
		return ret;
	m->nruns++;
	if (!m->about) {
		m->about = json_deep_copy(about);
		json_object_del(m->about, "cells_hash");
	} else {
		join(m->about, about);
	}
	return m->about ? copy_lines(dir, out) : -ENOMEM;
}

void merge_count(struct merge *m)
{
	for (size_t i = 0; i < m->names.n; i++) {
		const struct merge_cell *c = &m->cells[i];

		m->missing += c->seen < c->wanted;
		m->twice += c->seen > c->wanted;
	}
}

int merge_about(struct merge *m, const char *dir)
{
	char path[PATH_MAX];
	json_int_t wanted = 0;

	for (size_t i = 0; i < m->names.n; i++)
		wanted += m->cells[i].wanted > m->cells[i].seen
				  ? m->cells[i].wanted
				  : m->cells[i].seen;
	json_object_set_new(m->about, "cells", json_integer(wanted));
	json_object_set_new(
		m->about, "merged", json_integer((json_int_t)m->nruns));
	snprintf(path, sizeof(path), "%s/run.json", dir);
	errno = 0;
	return json_dump_file(m->about, path, JSON_INDENT(2))
		       ? say(path, errno ? -errno : -EIO)
		       : 0;
}

static bool is_missing(const struct merge_cell *c)
{
	return c->seen < c->wanted;
}

static bool is_twice(const struct merge_cell *c)
{
	return c->seen > c->wanted;
}

static void print_names(const struct merge *m, const char *title, size_t n,
	bool (*is)(const struct merge_cell *c), FILE *out)
{
	char shown[1024];
	size_t told = 0;

	if (n)
		fprintf(out, "%s (%zu):\n", title, n);
	for (uint32_t i = 0; i < m->names.n && told < SHOWN; i++) {
		if (!is(&m->cells[i]))
			continue;
		text_show(words_text(&m->names, i), shown, sizeof(shown));
		fprintf(out, "  %s\n", shown);
		told++;
	}
	if (n > told)
		fprintf(out, "  and %zu more\n", n - told);
}

void merge_print(const struct merge *m, const char *dir, FILE *out)
{
	char shown[PATH_MAX];

	print_names(m, "missing", m->missing, is_missing, out);
	print_names(m, "more than once", m->twice, is_twice, out);
	text_show(dir, shown, sizeof(shown));
	fprintf(out,
		"%zu cells, %zu records of %zu runs: %zu missing, %zu more "
		"than once\nrecords: %s/cells.jsonl\n",
		m->names.n, m->records, m->nruns, m->missing, m->twice, shown);
}

void merge_free(struct merge *m)
{
	words_free(&m->names);
	free(m->cells);
	json_decref(m->about);
}
