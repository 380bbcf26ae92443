/* SPDX-License-Identifier: MIT */
/* skips.c: the cells that were not run, by reason. Pure. */
#include "suite/skips.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/text.h"

struct skip {
	size_t n;
	char *cell, *why; /* fit to be shown */
};

static char *shown(const char *s)
{
	size_t size = 4 * strlen(s) + 1;
	char *to = malloc(size);

	if (to)
		text_show(s, to, size);
	return to;
}

static int add_why(struct skips *s, const struct line *l)
{
	size_t no = s->whys.n - 1;
	struct skip *v = s->v;

	if (!(no & (no - 1))) /* room is a power of two */
		v = realloc(v, (no ? 2 * no : 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->v = v;
	v[no] = (struct skip){ .why = shown(l->text) };
	return v[no].why ? 0 : -ENOMEM;
}

int skips_add(struct skips *s, const struct line *l)
{
	size_t before = s->whys.n;
	uint32_t no = words_add(&s->whys, l->text);
	struct skip *skip;
	char *cell;

	if (no == WORDS_NONE)
		return -ENOMEM;
	if (s->whys.n > before && add_why(s, l)) {
		s->whys.n = before;
		return -ENOMEM;
	}
	skip = &s->v[no];
	skip->n++;
	if (skip->cell && strcmp(skip->cell, l->cell) <= 0)
		return 0;
	cell = shown(l->cell);
	if (!cell)
		return -ENOMEM;
	free(skip->cell);
	skip->cell = cell;
	return 0;
}

static int by_why(const void *a, const void *b)
{
	return strcmp(
		((const struct skip *)a)->why, ((const struct skip *)b)->why);
}

void skips_print(struct skips *s, FILE *out)
{
	if (s->v)
		qsort(s->v, s->whys.n, sizeof(*s->v), by_why);
	for (size_t i = 0; i < s->whys.n; i++)
		fprintf(out, "skipped %zu, such as %s: %s\n", s->v[i].n,
			s->v[i].cell, s->v[i].why);
}

void skips_free(struct skips *s)
{
	for (size_t i = 0; i < s->whys.n; i++) {
		free(s->v[i].cell);
		free(s->v[i].why);
	}
	free(s->v);
	words_free(&s->whys);
}
