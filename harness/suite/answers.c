/* SPDX-License-Identifier: MIT */
/* answers.c: what the records of a run say to each answer. */
#include "suite/answers.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "suite/judge.h"

#define WIDTH 80

static const char *const standings[] = {
	[STANDING_SEEN] = "seen",
	[STANDING_NOT_RUN] = "not run",
	[STANDING_NOT_PROVEN] = "not proven here",
};

static const char *const sides[] = {
	[FOR] = "for      ",
	[AGAINST] = "against  ",
};

const char *answers_standing_name(enum standing s)
{
	return standings[s];
}

static enum standing worse(enum standing a, enum standing b)
{
	return a > b ? a : b;
}

static enum standing row_standing(const struct row *row, const struct proof *p)
{
	bool same;

	if (!strcmp(row->verdict, judge_verdict_name(VERDICT_SKIP)))
		return STANDING_NOT_RUN;
	if (p->outcome == OUT_BROKEN)
		same = !strcmp(row->verdict, judge_verdict_name(VERDICT_PASS));
	else
		same = !strcmp(row->outcome, judge_outcome_name(p->outcome));
	same = same && (!p->call || !strcmp(row->call, p->call));
	return same ? STANDING_SEEN : STANDING_NOT_PROVEN;
}

enum standing answers_proof(const struct rows *rows, const struct proof *p)
{
	const struct row *row;
	size_t n = rows_find(rows, p->cell, &row);
	enum standing s = n ? STANDING_SEEN : STANDING_NOT_RUN;

	for (size_t i = 0; i < n; i++)
		s = worse(s, row_standing(&row[i], p));
	return s;
}

enum standing answers_standing(
	const struct rows *rows, const struct answer *answer)
{
	enum standing s = STANDING_SEEN;

	for (const struct claim *c = answer->claims; c->text; c++)
		for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
			s = worse(s, answers_proof(rows, &c->cells[i]));
	return s;
}

/* TEXT from column AT on, broken at its spaces; the rest is set in by INDENT.
 */
static void print_words(const char *text, int at, int indent, FILE *out)
{
	for (bool first = true; *text; first = false) {
		int n = (int)strcspn(text, " ");

		if (!first && at + 1 + n > WIDTH)
			at = fprintf(out, "\n%*s", indent, "") - 1;
		else if (!first)
			at += fprintf(out, " ");
		at += fprintf(out, "%.*s", n, text);
		text += n + (text[n] == ' ');
	}
	fputc('\n', out);
}

static void print_want(const struct proof *p, FILE *out)
{
	fprintf(out, "; the answer needs: %s%s%s",
		p->outcome == OUT_BROKEN ? "as declared"
					 : judge_outcome_name(p->outcome),
		p->call ? ": " : "", p->call ? p->call : "");
}

static void print_proof(
	const struct rows *rows, const struct proof *p, FILE *out)
{
	const struct row *row;
	size_t n = rows_find(rows, p->cell, &row);

	/* Of several the first that speaks against it, if one does. */
	for (; n > 1 && row_standing(row, p) != answers_proof(rows, p); n--)
		row++;
	fprintf(out, "             %-50s %s", p->cell,
		n ? row->text : "no record");
	if (answers_proof(rows, p) == STANDING_NOT_PROVEN)
		print_want(p, out);
	fputc('\n', out);
}

/* Nothing against it is told too, for it says how far was looked. */
static void print_side(const struct rows *rows, const struct answer *answer,
	enum claim_side side, FILE *out)
{
	bool any = false;

	for (const struct claim *c = answer->claims; c->text; c++) {
		if (c->side != side)
			continue;
		any = true;
		print_words(
			c->text, fprintf(out, "  %s", sides[side]), 11, out);
		for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
			print_proof(rows, &c->cells[i], out);
	}
	if (!any)
		fprintf(out, "  %sno cell\n", sides[side]);
}

static void print_answer(
	const struct rows *rows, const struct answer *answer, FILE *out)
{
	int at =
		fprintf(out, "%s: ", standings[answers_standing(rows, answer)]);

	print_words(answer->text, at, 2, out);
	print_side(rows, answer, FOR, out);
	print_side(rows, answer, AGAINST, out);
}

static int add_cells(const struct answer *answer, struct words *names)
{
	for (const struct claim *c = answer->claims; c->text; c++)
		for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
			if (words_add(names, c->cells[i].cell) == WORDS_NONE)
				return -ENOMEM;
	return 0;
}

int answers_cells_of(const struct question *q, struct words *names)
{
	int ret = 0;

	for (const struct answer *a = q->answers; a->text && !ret; a++)
		ret = add_cells(a, names);
	return ret;
}

int answers_cells(struct words *names)
{
	const struct question *q;
	int ret = 0;

	for (size_t i = 0; (q = question_at(i)) && !ret; i++)
		ret = answers_cells_of(q, names);
	return ret;
}

void answers_print_one(
	const struct rows *rows, const struct question *q, FILE *out)
{
	fprintf(out, "%s\n", q->text);
	for (const struct answer *a = q->answers; a->text; a++)
		print_answer(rows, a, out);
	fputc('\n', out);
}

void answers_print(const struct rows *rows, size_t from, FILE *out)
{
	const struct question *q;

	for (size_t i = from; (q = question_at(i)); i++)
		answers_print_one(rows, q, out);
}
