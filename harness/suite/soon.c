/* SPDX-License-Identifier: MIT */
/* soon.c: answers as soon as their cells are there. */
#include "suite/soon.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite/answers.h"
#include "suite/report.h"
#include "sys/terminal.h"

#define QUESTIONS_MAX 16

/* A cell's rank is the number of the first question that it answers. */
struct ranks {
	struct words names;
	size_t ends[QUESTIONS_MAX]; /* of each question's new names */
	size_t n;
};

struct soon {
	struct ranks ranks;
	size_t left[QUESTIONS_MAX]; /* cells that have not ended, by rank */
	struct rows rows;
	size_t told;
	FILE *out;
	bool failed; /* out of memory: the rest is left to the report */
};

static int read_ranks(struct ranks *r)
{
	const struct question *q;
	int ret = 0;

	for (; r->n < QUESTIONS_MAX && (q = question_at(r->n)) && !ret;
		r->n++) {
		ret = answers_cells_of(q, &r->names);
		r->ends[r->n] = r->names.n;
	}
	return ret;
}

/* r->n: it answers none. */
static size_t rank(const struct ranks *r, const char *name)
{
	uint32_t no = words_find(&r->names, name);
	size_t i = 0;

	while (i < r->n && (no == WORDS_NONE || no >= r->ends[i]))
		i++;
	return i;
}

/* Of the cells from FROM on that share a program. */
static size_t rank_program(
	const struct ranks *r, const struct suite *s, size_t from, size_t *to)
{
	size_t least = r->n, i;

	for (*to = from; *to < s->ncells; ++*to) {
		if (strcmp(s->cells[*to].path, s->cells[from].path))
			break;
		i = rank(r, s->cells[*to].name);
		least = i < least ? i : least;
	}
	return least;
}

static void put_ranked(
	const struct ranks *r, const struct suite *s, struct cell *cells)
{
	size_t n = 0, to;

	for (size_t want = 0; want <= r->n; want++)
		for (size_t from = 0; from < s->ncells; from = to)
			if (rank_program(r, s, from, &to) == want) {
				memcpy(cells + n, s->cells + from,
					(to - from) * sizeof(*cells));
				n += to - from;
			}
}

int soon_order(struct suite *s)
{
	struct cell *cells = calloc(s->ncells, sizeof(*cells));
	struct ranks r = { 0 };
	int ret = cells ? read_ranks(&r) : -ENOMEM;

	if (ret) {
		free(cells);
	} else {
		put_ranked(&r, s, cells);
		free(s->cells);
		s->cells = cells;
	}
	words_free(&r.names);
	return ret;
}

static void tell(struct soon *soon)
{
	while (!soon->failed && soon->told < soon->ranks.n &&
		!soon->left[soon->told]) {
		rows_sort(&soon->rows);
		if (isatty(STDERR_FILENO))
			terminal_clear();
		answers_print_one(
			&soon->rows, question_at(soon->told++), soon->out);
		fflush(soon->out);
	}
}

struct soon *soon_begin(const char *dir, const struct suite *s, FILE *out)
{
	struct soon *soon = calloc(1, sizeof(*soon));
	size_t i;

	if (!soon || read_ranks(&soon->ranks)) {
		if (soon)
			soon_end(soon);
		return NULL;
	}
	soon->out = out;
	for (size_t k = 0; k < s->ncells; k++) {
		i = rank(&soon->ranks, s->cells[k].name);
		if (i < soon->ranks.n)
			soon->left[i]++;
	}
	report_head(dir, out);
	tell(soon);
	fflush(out);
	return soon;
}

static int keep(struct soon *soon, const char *line, size_t size)
{
	char *text = strndup(line, size);
	struct line l;
	json_t *o;
	int ret = -ENOMEM;

	if (text && line_scan(text, size, &l)) {
		ret = rows_add(&soon->rows, &l);
	} else if (text && (o = json_loadb(text, size, 0, NULL))) {
		line_from_json(o, &l);
		ret = rows_add(&soon->rows, &l);
		json_decref(o);
	}
	free(text);
	return ret;
}

void soon_take(
	struct soon *soon, const char *name, const char *line, size_t size)
{
	size_t i = rank(&soon->ranks, name);

	if (i == soon->ranks.n || soon->failed)
		return;
	soon->failed = keep(soon, line, size) != 0;
	soon->left[i]--;
	tell(soon);
}

size_t soon_end(struct soon *soon)
{
	size_t told = soon->told;

	words_free(&soon->ranks.names);
	rows_free(&soon->rows);
	free(soon);
	return told;
}
