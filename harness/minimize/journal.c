/* SPDX-License-Identifier: MIT */
/* journal.c: what was tried, on disk. */
#include "minimize/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "minimize/trial.h"
#include "sys/hash.h"

#define HEAD "{\"minimize\": \"%s\"}\n"

/* A file, as far as its looks tell it from another. */
static void put_file(FILE *to, const char *path)
{
	struct stat st = { 0 };

	if (!path || stat(path, &st))
		return;
	fprintf(to, "%s %ju %ju.%09ld\n", path, (uintmax_t)st.st_size,
		(uintmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static void put_profile(FILE *to, const struct profile *p)
{
	struct profile_error err;

	if (p && profile_write_oci(p, to, &err))
		fputs(err.text, to);
	fputc('\n', to);
}

/* What was asked, in words that end. */
static void put_question(FILE *to, const struct minimize *m)
{
	fprintf(to, "%s\n%" PRIx32 " %s\n", m->when, m->refuse,
		m->check ? m->check : "");
	for (size_t i = 0; i < m->ncases; i++) {
		const struct minimize_case *c = &m->cases[i];

		for (char **arg = c->argv; *arg; arg++)
			fprintf(to, "%zu %s ", strlen(*arg), *arg);
		put_file(to, c->path);
		put_file(to, c->input);
	}
	put_profile(to, m->base);
	put_profile(to, m->from);
}

static int hash_question(const struct minimize *m, char *hash, size_t size)
{
	char *text = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&text, &n);

	if (!to)
		return -ENOMEM;
	put_question(to, m);
	fclose(to);
	snprintf(hash, size, "%016" PRIx64, hash64(HASH64, text, n));
	free(text);
	return 0;
}

/* The lines behind the first one, up to one that is none: who was killed may
 * have left half of it. */
static json_t *read_lines(FILE *f)
{
	json_t *lines = json_array(), *line;
	char *text = NULL;
	size_t size = 0;
	ssize_t n;

	while (lines && (n = getline(&text, &size, f)) > 0) {
		line = text[n - 1] == '\n'
			       ? json_loadb(text, (size_t)n, 0, NULL)
			       : NULL;
		if (!line)
			break;
		json_array_append_new(lines, line);
	}
	free(text);
	return lines;
}

static int read_journal(struct minimize *m)
{
	const char *path = m->journal_path;
	FILE *f = fopen(path, "re");
	char *text = NULL, expected[64];
	size_t size = 0;
	int ret = 0;

	if (!f && errno == ENOENT) {
		m->note("nothing was interrupted: it begins anew");
		return 0;
	}
	if (!f)
		return minimize_fail(m, FAILURE_USAGE, path, strerror(errno));
	snprintf(expected, sizeof(expected), HEAD, m->question);
	if (getline(&text, &size, f) <= 0 || strcmp(text, expected) != 0)
		ret = minimize_fail(m, FAILURE_USAGE, path,
			"is of another question: a command, a program, an "
			"input or a profile is not what it was");
	else
		m->resumed = read_lines(f);
	free(text);
	fclose(f);
	return ret;
}

int minimize_journal_open(struct minimize *m, const char *path, bool resume)
{
	int ret = hash_question(m, m->question, sizeof(m->question));

	m->journal_path = path;
	if (ret)
		return minimize_fail(m, FAILURE_SYSTEM, path, strerror(-ret));
	return resume ? read_journal(m) : 0;
}

/* Each use is [arch, call, argument, value, kept, missed]. */
static json_t *write_uses(
	const struct minimize *m, const struct minimize_tried *t)
{
	json_t *uses = json_array();

	for (size_t i = 0; i < t->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];

		json_array_append_new(uses,
			json_pack("[I,i,i,I,b,I]", (json_int_t)u->arch, u->nr,
				u->arg, (json_int_t)(u->arg < 0 ? 0 : u->value),
				t->keep[i], (json_int_t)t->missed[i]));
	}
	return uses;
}

void minimize_journal_add(
	const struct minimize *m, const struct minimize_tried *t)
{
	json_t *line;

	if (!m->journal)
		return;
	line = json_pack("{s:b,s:s,s:o}", "does", t->does, "how", t->how,
		"uses", write_uses(m, t));
	if (!line)
		return;
	json_dumpf(line, m->journal, JSON_COMPACT);
	fputc('\n', m->journal);
	json_decref(line);
}

/* The use that V is of; m->uses->n: none that is made now. */
static size_t find_use(const struct minimize *m, const json_t *v, int *keep,
	json_int_t *missed)
{
	json_int_t arch, value;
	int nr, arg;
	size_t i;

	if (json_unpack((json_t *)v, "[I,i,i,I,b,I!]", &arch, &nr, &arg, &value,
		    keep, missed))
		return SIZE_MAX;
	for (i = 0; i < m->uses->n; i++) {
		const struct minimize_use *u = &m->uses->list[i];

		if (u->arch == (uint32_t)arch && u->nr == nr && u->arg == arg &&
			(arg < 0 || u->value == (uint64_t)value))
			break;
	}
	return i;
}

/* False: a call was allowed then that is not made now, or it is no record. */
static bool take_uses(
	const struct minimize *m, const json_t *uses, struct minimize_tried *t)
{
	if (!json_is_array(uses))
		return false;
	for (size_t k = 0; k < json_array_size(uses); k++) {
		json_int_t missed = 0;
		int keep = 0;
		size_t i = find_use(m, json_array_get(uses, k), &keep, &missed);

		if (i == SIZE_MAX || (i == m->uses->n && keep))
			return false;
		if (i == m->uses->n)
			continue;
		t->keep[i] = keep;
		t->missed[i] = keep ? 0 : (uint32_t)missed;
	}
	return true;
}

static void take_line(struct minimize *m, const json_t *line)
{
	static const bool nothing[MINIMIZE_USES];
	struct minimize_tried *t = minimize_tried_new(nothing, m->uses->n);
	const char *how = json_string_value(json_object_get(line, "how"));
	const json_t *does = json_object_get(line, "does");

	if (!t)
		return;
	if (!how || !json_is_boolean(does) ||
		!take_uses(m, json_object_get(line, "uses"), t)) {
		free(t);
		return;
	}
	t->does = json_is_true(does);
	snprintf(t->how, sizeof(t->how), "%s", how);
	m->nresumed++;
	minimize_tried_add(m, t);
}

int minimize_journal_take(struct minimize *m)
{
	if (!m->journal_path)
		return 0;
	m->journal = fopen(m->journal_path, "we");
	if (!m->journal)
		return minimize_fail(
			m, FAILURE_SYSTEM, m->journal_path, strerror(errno));
	setvbuf(m->journal, NULL, _IOLBF, 1 << 16);
	fprintf(m->journal, HEAD, m->question);
	for (size_t i = 0; i < json_array_size(m->resumed); i++)
		take_line(m, json_array_get(m->resumed, i));
	json_decref(m->resumed);
	m->resumed = NULL;
	return 0;
}

void minimize_journal_close(struct minimize *m, bool keep)
{
	json_decref(m->resumed);
	m->resumed = NULL;
	if (!m->journal)
		return;
	fclose(m->journal);
	m->journal = NULL;
	if (!keep)
		remove(m->journal_path);
}
