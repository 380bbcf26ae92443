/* SPDX-License-Identifier: MIT */
/* resume.c: which cells a run has done. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "suite/record.h"

struct resume {
	const struct suite *s;
	struct cell **sorted; /* by name; of equals, in their order */
	size_t *used;	      /* at the first of equals: those that are done */
	char *done;
};

static int compare_cells(const void *a, const void *b)
{
	const struct cell *x = *(struct cell *const *)a;
	const struct cell *y = *(struct cell *const *)b;
	int diff = strcmp(x->name, y->name);

	return diff ? diff : (x > y) - (x < y);
}

/* The first place whose cell has the name; ncells: none has. */
static size_t first_named(const struct resume *r, const char *name)
{
	size_t from = 0, to = r->s->ncells;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (strcmp(r->sorted[mid]->name, name) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The same cell may be asked for many times: each record is one of them. */
static int mark_done(const struct line *l, void *arg)
{
	struct resume *r = arg;
	size_t first = first_named(r, l->cell), i;

	if (first == r->s->ncells)
		return 0;
	i = first + r->used[first];
	if (i < r->s->ncells && !strcmp(r->sorted[i]->name, l->cell)) {
		r->done[r->sorted[i] - r->s->cells] = 1;
		r->used[first]++;
	}
	return 0;
}

int record_find_done(const char *dir, const struct suite *s, char **done)
{
	struct resume r = { .s = s };
	int ret = -ENOMEM;

	r.done = calloc(s->ncells, 1);
	r.sorted = calloc(s->ncells, sizeof(*r.sorted));
	r.used = calloc(s->ncells, sizeof(*r.used));
	if (r.done && r.sorted && r.used) {
		for (size_t i = 0; i < s->ncells; i++)
			r.sorted[i] = &s->cells[i];
		qsort(r.sorted, s->ncells, sizeof(*r.sorted), compare_cells);
		ret = record_each(dir, NULL, mark_done, &r);
	}
	free(r.sorted);
	free(r.used);
	if (ret) {
		free(r.done);
		r.done = NULL;
	}
	*done = r.done;
	return ret;
}
