/* SPDX-License-Identifier: MIT */
/* changes.c: finds what differs between two runs. */
#include "suite/changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "suite/about.h"
#include "suite/judge.h"
#include "suite/known.h"
#include "suite/parts.h"
#include "suite/record.h"
#include "sys/text.h"

#define OUTCOMES_MAX 8 /* of one cell: beyond that they are not told apart */
#define MANY	     "more than 8 outcomes"

struct reading {
	struct changes *c;
	int side;
};

static enum change_known known_of(enum verdict verdict)
{
	if (verdict == VERDICT_PASS || verdict == VERDICT_SKIP)
		return KNOWN_DECLARED;
	if (verdict == VERDICT_KNOWN)
		return KNOWN_FAILURE;
	return verdict == VERDICT_NONE ? KNOWN_NOTHING : KNOWN_NOT;
}

/* In words; why there is no evidence is no outcome. */
static void outcome_of(
	const struct line *l, enum verdict verdict, char *to, size_t size)
{
	const char *before = verdict == VERDICT_SKIP	 ? "skipped: "
			     : verdict == VERDICT_BROKEN ? "broken: "
							 : "";

	snprintf(to, size, "%s%s", before, l->text[0] ? l->text : l->outcome);
}

/* A list of lines that are sorted, with one more. False: it has it. */
static bool insert(const char *list, const char *line, char *to, size_t size)
{
	struct text t = text_in(to, size);
	bool put = false;
	size_t n, lines = 1;

	if (!strcmp(list, MANY))
		return false;
	for (; *list; list += n + (list[n] == '\n'), lines++) {
		int order;

		n = strcspn(list, "\n");
		order = strncmp(list, line, n);
		order = order ? order : -(line[n] != '\0');
		if (!order)
			return false;
		if (order > 0 && !put) {
			text_put(&t, "%s%s", t.n ? "\n" : "", line);
			put = true;
		}
		text_put(&t, "%s%.*s", t.n ? "\n" : "", (int)n, list);
	}
	if (!put)
		text_put(&t, "%s%s", t.n ? "\n" : "", line);
	if (lines > OUTCOMES_MAX || t.cut)
		snprintf(to, size, "%s", MANY);
	return true;
}

static int add_outcome(struct changes *c, uint32_t *text, const char *outcome)
{
	char list[4096];

	if (*text == WORDS_NONE)
		*text = words_add(&c->texts, outcome);
	else if (strcmp(words_text(&c->texts, *text), outcome) != 0 &&
		 insert(words_text(&c->texts, *text), outcome, list,
			 sizeof(list)))
		*text = words_add(&c->texts, list);
	return *text == WORDS_NONE ? -ENOMEM : 0;
}

/* The cell of this name; NULL: out of memory. */
static struct changed *find_cell(struct changes *c, const char *name)
{
	size_t before = c->names.n, room = c->room ? 2 * c->room : 1024;
	uint32_t no = words_add(&c->names, name);
	struct changed *cells;

	if (no == WORDS_NONE)
		return NULL;
	if (no >= c->room) {
		cells = realloc(c->cells, room * sizeof(*cells));
		if (!cells)
			return NULL;
		c->cells = cells;
		c->room = room;
	}
	if (c->names.n > before)
		c->cells[no] =
			(struct changed){ .text = { WORDS_NONE, WORDS_NONE } };
	return &c->cells[no];
}

static void cut_kernel(char *name)
{
	const char *at;
	size_t n;

	if (part_find(name, PART_KERNEL, &at, &n) && n)
		name[at - name - 1] = '\0';
}

static int add_line(const struct line *l, void *arg)
{
	struct reading *r = arg;
	struct changes *c = r->c;
	enum verdict verdict = judge_verdict_named(l->verdict);
	char name[512], outcome[1024];
	struct changed *cell;
	uint32_t release;

	snprintf(name, sizeof(name), "%s", l->cell);
	if (c->across)
		cut_kernel(name);
	outcome_of(l, verdict, outcome, sizeof(outcome));
	cell = find_cell(c, name);
	release = words_add(&c->releases, l->release);
	if (!cell || release == WORDS_NONE)
		return -ENOMEM;
	c->counts[r->side]++;
	/* There are few; of more the causes alone would not be known. */
	cell->release[r->side] =
		(uint16_t)(release < UINT16_MAX ? release : UINT16_MAX);
	if (known_of(verdict) > cell->known[r->side])
		cell->known[r->side] = (uint8_t)known_of(verdict);
	return add_outcome(c, &cell->text[r->side], outcome);
}

bool changes_differs(const struct changed *cell)
{
	return cell->text[0] != cell->text[1] ||
	       cell->known[0] != cell->known[1];
}

size_t changes_news(const struct changes *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->cells[c->v[i].cell].known[1] != KNOWN_FAILURE;
	return n;
}

static int collect(struct changes *c)
{
	size_t n = 0;

	for (uint32_t i = 0; i < c->names.n; i++)
		n += changes_differs(&c->cells[i]);
	c->v = calloc(n + 1, sizeof(*c->v));
	if (!c->v)
		return -ENOMEM;
	for (uint32_t i = 0; i < c->names.n; i++)
		if (changes_differs(&c->cells[i]))
			c->v[c->n++].cell = i;
	return 0;
}

enum change_kind changes_kind(const struct changes *c, const struct change *v)
{
	const struct changed *cell = &c->cells[v->cell];

	if (cell->text[1] == WORDS_NONE)
		return CHANGE_GONE;
	return cell->text[0] == WORDS_NONE ? CHANGE_NEW : CHANGE_OUTCOME;
}

static int compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_group(
	const struct changes *c, const struct change *a, const struct change *b)
{
	const struct changed *x = &c->cells[a->cell], *y = &c->cells[b->cell];
	enum change_kind kind = changes_kind(c, a);
	int order = compare(kind, changes_kind(c, b));

	order = order ? order : compare(a->cause, b->cause);
	for (int side = 0; side < 2; side++) {
		if (!order && kind == CHANGE_OUTCOME)
			order = compare(x->text[side], y->text[side]);
		order = order ? order : compare(x->known[side], y->known[side]);
	}
	return order;
}

static int by_all(const void *a, const void *b, void *arg)
{
	const struct changes *c = arg;
	const struct change *x = a, *y = b;
	int order = by_group(c, x, y);

	return order ? order
		     : strcmp(words_text(&c->names, x->cell),
			       words_text(&c->names, y->cell));
}

bool changes_same(
	const struct changes *c, const struct change *a, const struct change *b)
{
	return by_group(c, a, b) == 0;
}

int changes_find(struct changes *c, const char *a, const char *b)
{
	const char *const dirs[2] = { a, b };
	int ret = 0;

	for (int side = 0; side < 2 && !ret; side++) {
		struct reading r = { c, side };
		struct known known;

		c->about[side] = about_read(dirs[side]);
		ret = known_of_run(&known, dirs[side]);
		if (!ret)
			ret = record_each(dirs[side], &known, add_line, &r);
		known_free(&known);
	}
	if (!ret)
		ret = collect(c);
	if (!ret)
		ret = changes_find_causes(c);
	if (!ret)
		qsort_r(c->v, c->n, sizeof(*c->v), by_all, c);
	return ret;
}

void changes_outcome(const struct changes *c, const struct changed *cell,
	int side, char *to, size_t size)
{
	struct text t = text_in(to, size);
	const char *list = words_text(&c->texts, cell->text[side]);
	char line[1024];
	size_t n;

	for (; *list; list += n + (list[n] == '\n')) {
		n = strcspn(list, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, list);
		text_put(&t, "%s", t.n ? " or " : "");
		text_put_shown(&t, line);
	}
	text_mark_cut(&t);
}

void changes_free(struct changes *c)
{
	words_free(&c->names);
	words_free(&c->texts);
	words_free(&c->releases);
	words_free(&c->causes);
	free(c->cells);
	free(c->v);
	json_decref(c->about[0]);
	json_decref(c->about[1]);
}
