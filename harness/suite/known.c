/* SPDX-License-Identifier: MIT */
/* known.c: failures that are known, by cell and outcome. */
#include "suite/known.h"

#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite/judge.h"
#include "sys/failure.h"

#define BLANK " \t"

static const char *used;

void known_use(const char *path)
{
	used = path;
}

/* The word of TEXT that has "://" in it; NULL: none. */
static char *find_address(char *text)
{
	char *at = strstr(text, "://");

	while (at && at > text && !strchr(BLANK, at[-1]))
		at--;
	return at;
}

/* Without the blanks behind. */
static void trim(char *text)
{
	size_t n = strlen(text);

	while (n && strchr(BLANK "\r\n", text[n - 1]))
		text[--n] = '\0';
}

/* What is wrong with TEXT, which is cut into its parts; NULL: nothing. */
static const char *parse(char *text, struct known_line *v)
{
	size_t n = strcspn(text, BLANK);
	char *address;

	v->cell = text;
	if (!text[n])
		return "expected CELL OUTCOME ADDRESS";
	text[n] = '\0';
	text += n + 1 + strspn(text + n + 1, BLANK);
	address = find_address(text);
	if (!address)
		return "expected an address (https://...) at the end: where it "
		       "is known from";
	if (address == text)
		return "expected an outcome between the cell and its address, "
		       "as in `dies: brk` or `fails: *`";
	address[-1] = '\0';
	trim(text);
	v->outcome = text;
	v->address = address;
	v->plain = strcspn(v->cell, "*?[\\");
	return strchr(v->cell, '@') || v->cell[v->plain]
		       ? NULL
		       : "expected the name of a cell, "
			 "group/probe@profile/flavour, or a glob of some";
}

static int add(struct known *k, const struct known_line *parts)
{
	struct known_line *v = realloc(k->v, (k->n + 1) * sizeof(*v)), copy;

	if (!v)
		return -ENOMEM;
	k->v = v;
	copy = (struct known_line){
		.cell = strdup(parts->cell),
		.outcome = strdup(parts->outcome),
		.address = strdup(parts->address),
		.plain = parts->plain,
	};
	v[k->n++] = copy;
	return copy.cell && copy.outcome && copy.address ? 0 : -ENOMEM;
}

static int read_lines(struct known *k, const char *path, FILE *f)
{
	char *text = NULL;
	size_t size = 0;
	int ret = 0;

	for (size_t no = 1; !ret && getline(&text, &size, f) > 0; no++) {
		struct known_line parts;
		char *from = text + strspn(text, BLANK);
		const char *why;

		trim(from);
		if (!from[0] || from[0] == '#')
			continue;
		why = parse(from, &parts);
		if (why)
			failure_say("%s:%zu: %s", path, no, why);
		ret = why ? -EINVAL : add(k, &parts);
	}
	free(text);
	return ret;
}

int known_read(struct known *k, const char *path)
{
	FILE *f = fopen(path, "re");
	int ret;

	*k = (struct known){ 0 };
	if (!f) {
		ret = -errno;
		failure_say("%s: %s", path, strerror(-ret));
		return ret;
	}
	ret = read_lines(k, path, f);
	if (!ret && ferror(f))
		ret = -EIO;
	if (ret && ret != -EINVAL)
		failure_say("%s: %s", path, strerror(-ret));
	fclose(f);
	return ret;
}

int known_of_run(struct known *k, const char *dir)
{
	char path[PATH_MAX];

	if (used)
		return known_read(k, used);
	*k = (struct known){ 0 };
	snprintf(path, sizeof(path), "%s/known", dir);
	return access(path, F_OK) ? 0 : known_read(k, path);
}

int known_keep(const struct known *k, const char *dir)
{
	char path[PATH_MAX];
	FILE *f;
	int ret = 0;

	snprintf(path, sizeof(path), "%s/known", dir);
	f = fopen(path, "we");
	for (size_t i = 0; f && i < k->n; i++)
		fprintf(f, "%s %s %s\n", k->v[i].cell, k->v[i].outcome,
			k->v[i].address);
	if (!f || ferror(f))
		ret = -errno;
	if (f && fclose(f))
		ret = -errno;
	if (ret)
		failure_say("%s: %s", path, strerror(-ret));
	return ret;
}

static bool names(const struct known_line *v, const char *cell)
{
	if (strncmp(v->cell, cell, v->plain) != 0)
		return false;
	return v->cell[v->plain] ? !fnmatch(v->cell, cell, 0) : !cell[v->plain];
}

static bool is_outcome(const struct known_line *v, const struct line *l)
{
	return !fnmatch(v->outcome, l->text, 0) ||
	       !strcmp(v->outcome, l->outcome);
}

void known_judge(struct known *k, struct line *l)
{
	enum verdict verdict = judge_verdict_named(l->verdict);

	l->known = "";
	if (verdict == VERDICT_KNOWN)
		l->verdict = judge_verdict_name(VERDICT_BROKEN);
	for (size_t i = 0; i < k->n; i++) {
		struct known_line *v = &k->v[i];

		if (!names(v, l->cell))
			continue;
		if (verdict == VERDICT_PASS) {
			v->passed++;
		} else if (verdict == VERDICT_SKIP || verdict == VERDICT_NONE) {
			;
		} else if (!is_outcome(v, l)) {
			v->other++;
		} else {
			v->failed++;
			l->verdict = judge_verdict_name(VERDICT_KNOWN);
			l->known = l->known[0] ? l->known : v->address;
		}
	}
}

bool known_is_over(const struct known_line *v)
{
	return v->passed && !v->failed && !v->other;
}

const struct known_line *known_passes(
	const struct known *k, const struct line *l)
{
	for (size_t i = 0; i < k->n; i++)
		if (known_is_over(&k->v[i]) && names(&k->v[i], l->cell))
			return &k->v[i];
	return NULL;
}

void known_free(struct known *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->v[i].cell);
		free(k->v[i].outcome);
		free(k->v[i].address);
	}
	free(k->v);
}
