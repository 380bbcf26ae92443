/* SPDX-License-Identifier: MIT */
/* changes_print.c: what differs between two runs, for people and for tools. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "suite/changes.h"
#include "suite/parts.h"
#include "sys/text.h"

#define OUTCOME 400
#define FEW	3  /* values of a part that are told with their number */
#define VALUE	64 /* of a part */

struct group {
	const struct change *v;
	size_t n;
};

static const char *name_of(const struct changes *c, const struct change *v)
{
	return words_text(&c->names, v->cell);
}

/* What the group's cells have in common, or few of: a part's values. */
struct values {
	char v[FEW][VALUE];
	size_t counts[FEW];
	size_t n; /* FEW + 1: more */
};

static void add_value(struct values *of, const char *at, size_t size)
{
	char value[VALUE];
	size_t i = 0;

	snprintf(value, sizeof(value), "%.*s", (int)size, at);
	while (i < of->n && i < FEW && strcmp(of->v[i], value) != 0)
		i++;
	if (i == of->n && i < FEW)
		memcpy(of->v[of->n++], value, sizeof(value));
	else if (i == FEW)
		of->n = FEW + 1;
	if (i < FEW)
		of->counts[i]++;
}

static struct values values_of(
	const struct changes *c, const struct group *g, enum part part)
{
	struct values of = { 0 };
	const char *at;
	size_t size;

	for (size_t i = 0; i < g->n && of.n <= FEW; i++)
		if (part_find(name_of(c, &g->v[i]), part, &at, &size))
			add_value(&of, at, size);
	return of;
}

static void print_shared(
	const struct changes *c, const struct group *g, FILE *out)
{
	const char *before = "    where: ";
	char shown[4 * VALUE];

	for (enum part part = 0; part < PARTS && g->n > 1; part++) {
		const struct values of = values_of(c, g, part);

		if (!of.n || of.n > FEW || (of.n == 1 && !of.v[0][0]))
			continue;
		fprintf(out, "%s%s", before, part_name(part));
		for (size_t i = 0; i < of.n; i++) {
			text_show(of.v[i][0] ? of.v[i] : "host", shown,
				sizeof(shown));
			fprintf(out, "%s %s", i ? "," : "", shown);
			if (of.n > 1)
				fprintf(out, " %zu", of.counts[i]);
		}
		before = "; ";
	}
	if (before[0] == ';')
		fputc('\n', out);
}

static const char *known_word(unsigned known)
{
	static const char *const words[] = {
		[KNOWN_DECLARED] = "as declared",
		[KNOWN_FAILURE] = "a known failure",
		[KNOWN_NOTHING] = "nothing is declared",
		[KNOWN_NOT] = "not as declared",
	};

	return words[known];
}

static void print_known(
	const struct changed *cell, enum change_kind kind, FILE *out)
{
	unsigned then = cell->known[0], now = cell->known[1];

	if (kind != CHANGE_OUTCOME)
		fprintf(out, ", %s",
			known_word(kind == CHANGE_GONE ? then : now));
	else if (then == now)
		fprintf(out, ", %s then and now", known_word(then));
	else
		fprintf(out, ", %s then, %s now", known_word(then),
			known_word(now));
}

static void print_head(
	const struct changes *c, const struct group *g, FILE *out)
{
	const struct changed *cell = &c->cells[g->v->cell];
	enum change_kind kind = changes_kind(c, g->v);
	const char *cause = words_text(&c->causes, g->v->cause);
	char then[OUTCOME], now[OUTCOME];

	if (kind == CHANGE_OUTCOME) {
		changes_outcome(c, cell, 0, then, sizeof(then));
		changes_outcome(c, cell, 1, now, sizeof(now));
		if (cell->text[0] == cell->text[1])
			fprintf(out, "%s, declared otherwise", then);
		else
			fprintf(out, "%s -> %s", then, now);
	} else {
		fputs(kind == CHANGE_GONE ? "gone" : "new", out);
	}
	fprintf(out, ": %zu cell%s", g->n, g->n == 1 ? "" : "s");
	print_known(cell, kind, out);
	fputc('\n', out);
	if (cause[0])
		fprintf(out, "    goes with %s\n", cause);
}

static void print_group(
	const struct changes *c, const struct group *g, size_t shown, FILE *out)
{
	enum change_kind kind = changes_kind(c, g->v);
	char cell[1024], outcome[OUTCOME];

	print_head(c, g, out);
	print_shared(c, g, out);
	for (size_t i = 0; i < g->n && i < shown; i++) {
		text_show(name_of(c, &g->v[i]), cell, sizeof(cell));
		if (kind == CHANGE_OUTCOME) {
			fprintf(out, "  %s\n", cell);
			continue;
		}
		changes_outcome(c, &c->cells[g->v[i].cell], kind == CHANGE_NEW,
			outcome, sizeof(outcome));
		fprintf(out, "  %-50s %s\n", cell, outcome);
	}
	if (g->n > shown)
		fprintf(out, "  and %zu more; -v names them\n", g->n - shown);
	fputc('\n', out);
}

/* Nothing of a machine that is the same. */
static void print_machines(const struct changes *c, FILE *out)
{
	static const char *const keys[][2] = { { "quartet", "quartet" },
		{ "kernel", "Linux" }, { "libseccomp", "libseccomp" } };
	json_t *flavours = json_object_get(c->about[0], "flavours");
	json_t *now = json_object_get(c->about[1], "flavours"), *value;
	char a[OUTCOME], b[OUTCOME], k[OUTCOME];
	const char *key;
	size_t lines = 0;

	for (size_t i = 0; i < 3; i++) {
		text_show(changes_about(c, 0, keys[i][0]), a, sizeof(a));
		text_show(changes_about(c, 1, keys[i][0]), b, sizeof(b));
		if (strcmp(a, b) != 0)
			lines += fprintf(out, "%s: %s -> %s\n", keys[i][1], a,
					 b) > 0;
	}
	json_object_foreach(flavours, key, value)
	{
		const json_t *is = json_object_get(now, key);

		if (!json_is_string(value) || !json_is_string(is) ||
			json_equal(value, is))
			continue;
		text_show(key, k, sizeof(k));
		text_show(json_string_value(value), a, sizeof(a));
		text_show(json_string_value(is), b, sizeof(b));
		lines += fprintf(out, "libc of %s: %s -> %s\n", k, a, b) > 0;
	}
	if (lines)
		fputc('\n', out);
}

/* What is not as declared now, and was not so then, is what one looks for. */
static void print_totals(const struct changes *c, FILE *out)
{
	size_t kinds[3] = { 0 }, worse = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct changed *cell = &c->cells[c->v[i].cell];
		enum change_kind kind = changes_kind(c, &c->v[i]);

		kinds[kind]++;
		worse += kind != CHANGE_GONE && cell->known[1] == KNOWN_NOT &&
			 (kind == CHANGE_NEW || cell->known[0] != KNOWN_NOT);
	}
	fprintf(out,
		"%zu records then, %zu now: %zu cells changed, %zu new, "
		"%zu gone; %zu newly not as declared\n",
		c->counts[0], c->counts[1], kinds[CHANGE_OUTCOME],
		kinds[CHANGE_NEW], kinds[CHANGE_GONE], worse);
}

static int by_size(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return (x->v > y->v) - (x->v < y->v);
}

/* The groups, the largest first; the caller frees them. *N: how many. */
static struct group *find_groups(const struct changes *c, size_t *n)
{
	struct group *g = calloc(c->n + 1, sizeof(*g));

	*n = 0;
	for (size_t i = 0; g && i < c->n; i++) {
		if (!i || !changes_same(c, &c->v[i - 1], &c->v[i]))
			g[(*n)++].v = &c->v[i];
		g[*n - 1].n++;
	}
	if (g)
		qsort(g, *n, sizeof(*g), by_size);
	return g;
}

int changes_print(const struct changes *c, size_t shown, FILE *out)
{
	size_t n;
	struct group *g = find_groups(c, &n);

	if (!g)
		return -ENOMEM;
	print_machines(c, out);
	for (size_t i = 0; i < n; i++)
		print_group(c, &g[i], shown, out);
	print_totals(c, out);
	free(g);
	return 0;
}

static json_t *change_json(const struct changes *c, const struct change *v)
{
	static const char *const keys[][2] = { { "then", "known_then" },
		{ "now", "known_now" } };
	const struct changed *cell = &c->cells[v->cell];
	const char *cause = words_text(&c->causes, v->cause);
	char text[1024];
	json_t *o = json_object();

	text_show(name_of(c, v), text, sizeof(text));
	json_object_set_new(o, "cell", json_string(text));
	for (int side = 0; side < 2; side++) {
		if (cell->text[side] == WORDS_NONE)
			continue;
		changes_outcome(c, cell, side, text, sizeof(text));
		json_object_set_new(o, keys[side][0], json_string(text));
		json_object_set_new(o, keys[side][1],
			json_string(known_word(cell->known[side])));
	}
	if (cause[0])
		json_object_set_new(o, "goes_with", json_string(cause));
	return o;
}

/* A change at a time: a million as one tree would be a gigabyte. */
int changes_json(const struct changes *c, FILE *out)
{
	fprintf(out, "{\"records_then\":%zu,\"records_now\":%zu,\"changes\":[",
		c->counts[0], c->counts[1]);
	for (size_t i = 0; i < c->n; i++) {
		json_t *o = change_json(c, &c->v[i]);
		char *text = json_dumps(o, JSON_COMPACT);

		json_decref(o);
		if (!text)
			return -ENOMEM;
		fprintf(out, "%s\n%s", i ? "," : "", text);
		free(text);
	}
	fputs("]}\n", out);
	return 0;
}
