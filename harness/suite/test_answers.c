/* SPDX-License-Identifier: MIT */
/*
 * test_answers.c: each answer is held to the cells that it stands on: runs made
 * of what the answers name, then of the same with one cell otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite/answers.h"

#define MANY 400

static const struct proof *proofs[MANY];
static const struct answer *answers[MANY];
static size_t nproofs, nanswers;

static void add_answer(const struct answer *a)
{
	answers[nanswers++] = a;
	for (const struct claim *c = a->claims; c->text; c++)
		for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
			proofs[nproofs++] = &c->cells[i];
	assert_true(nproofs < MANY - CLAIM_CELLS && nanswers < MANY - 1);
}

static int collect(void **state)
{
	const struct question *q;

	(void)state;
	for (size_t i = 0; (q = question_at(i)); i++)
		for (const struct answer *a = q->answers; a->text; a++)
			add_answer(a);
	return 0;
}

static void add(struct rows *rows, const char *cell, const char *outcome,
	const char *verdict, const char *call)
{
	const struct line l = { .cell = cell,
		.outcome = outcome,
		.verdict = verdict,
		.call = call,
		.text = outcome,
		.want = "" };

	assert_int_equal(rows_add(rows, &l), 0);
}

/* As the answer needs it. */
static void add_proof(struct rows *rows, const struct proof *p)
{
	enum outcome o = p->outcome == OUT_BROKEN ? OUT_FAILS : p->outcome;

	add(rows, p->cell, judge_outcome_name(o), "pass",
		p->call ? p->call : "any");
}

/* Every cell as its answers need it, but for CELL, which is left out. */
static struct rows run_without(const char *cell)
{
	struct rows rows = { 0 };

	for (size_t i = 0; i < nproofs; i++)
		if (!cell || strcmp(proofs[i]->cell, cell) != 0)
			add_proof(&rows, proofs[i]);
	rows_sort(&rows);
	return rows;
}

static bool stands_on(const struct answer *a, const char *cell)
{
	for (const struct claim *c = a->claims; c->text; c++)
		for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++)
			if (!strcmp(c->cells[i].cell, cell))
				return true;
	return false;
}

/* The answers that stand on CELL stand as S, the others are seen; frees ROWS.
 */
static void check(struct rows *rows, const char *cell, enum standing s)
{
	rows_sort(rows);
	for (size_t i = 0; i < nanswers; i++)
		assert_int_equal(answers_standing(rows, answers[i]),
			stands_on(answers[i], cell) ? s : STANDING_SEEN);
	rows_free(rows);
}

static void check_claim(const struct claim *c)
{
	assert_non_null(c->cells[0].cell);
	/* A hang is proven, and nothing else is. */
	assert_null(strstr(c->text, "proven"));
	for (int i = 0; i < CLAIM_CELLS && c->cells[i].cell; i++) {
		const char *at = strchr(c->cells[i].cell, '@');

		assert_non_null(at);
		assert_non_null(strchr(at, '/'));
		assert_int_not_equal(c->cells[i].outcome, OUT_SKIP);
	}
	assert_null(c->cells[CLAIM_CELLS - 1].cell);
}

static void test_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < nanswers; i++) {
		bool any = false;

		assert_null(strstr(answers[i]->text, "proven"));
		for (const struct claim *c = answers[i]->claims; c->text; c++) {
			check_claim(c);
			any = any || c->side == FOR;
		}
		assert_true(any);
	}
}

/* One cell cannot have been seen in two ways. */
static void test_agree(void **state)
{
	(void)state;
	for (size_t i = 0; i < nproofs; i++)
		for (size_t k = 0; k < i; k++)
			if (!strcmp(proofs[i]->cell, proofs[k]->cell))
				assert_int_equal(
					proofs[i]->outcome, proofs[k]->outcome);
}

static void test_seen(void **state)
{
	struct rows rows = run_without(NULL);

	(void)state;
	check(&rows, "none", STANDING_SEEN);
}

static void test_nothing_run(void **state)
{
	struct rows rows = { 0 };

	(void)state;
	for (size_t i = 0; i < nanswers; i++)
		assert_int_equal(
			answers_standing(&rows, answers[i]), STANDING_NOT_RUN);
}

static void test_not_run(void **state)
{
	(void)state;
	for (size_t i = 0; i < nproofs; i++) {
		struct rows rows = run_without(proofs[i]->cell);

		check(&rows, proofs[i]->cell, STANDING_NOT_RUN);
		rows = run_without(proofs[i]->cell);
		add(&rows, proofs[i]->cell, "skip", "skip", "");
		check(&rows, proofs[i]->cell, STANDING_NOT_RUN);
	}
}

/* Of each cell the outcome, whatever its probe declares; of those that are to
 * be as declared the verdict. */
static void test_otherwise(void **state)
{
	(void)state;
	for (size_t i = 0; i < nproofs; i++) {
		const struct proof *p = proofs[i];
		const char *other = p->outcome == OUT_WORKS ? "dies" : "works";
		struct rows rows = run_without(p->cell);

		add(&rows, p->cell, other, p->outcome ? "pass" : "fail",
			p->call ? p->call : "");
		check(&rows, p->cell, STANDING_NOT_PROVEN);
		rows = run_without(p->cell);
		add(&rows, p->cell, "broken", "broken", "");
		check(&rows, p->cell, STANDING_NOT_PROVEN);
	}
}

static void test_other_call(void **state)
{
	(void)state;
	for (size_t i = 0; i < nproofs; i++) {
		const struct proof *p = proofs[i];
		struct rows rows;

		if (!p->call)
			continue;
		rows = run_without(p->cell);
		add(&rows, p->cell, judge_outcome_name(p->outcome), "pass",
			"mseal");
		check(&rows, p->cell, STANDING_NOT_PROVEN);
	}
}

/* Once as needed, once not, in either order. */
static void test_repeated(void **state)
{
	const struct proof *p = proofs[0];

	(void)state;
	for (int first = 0; first < 2; first++) {
		struct rows rows = run_without(first ? p->cell : NULL);

		add(&rows, p->cell, "crashes", "fail", "");
		if (first)
			add_proof(&rows, p);
		check(&rows, p->cell, STANDING_NOT_PROVEN);
	}
}

static void test_find(void **state)
{
	static const char *const names[] = { "b", "c", "b", "a", "b", "b" };
	const struct row *first;
	struct rows rows = { 0 };

	(void)state;
	assert_int_equal(rows_find(&rows, "b", &first), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		add(&rows, names[i], "works", "pass", "");
	rows_sort(&rows);
	assert_int_equal(rows_find(&rows, "b", &first), 4);
	assert_ptr_equal(first, &rows.v[1]);
	assert_int_equal(rows_find(&rows, "a", &first), 1);
	assert_int_equal(rows_find(&rows, "c", &first), 1);
	assert_int_equal(rows_find(&rows, "d", &first), 0);
	rows_free(&rows);
}

static void test_keep_first(void **state)
{
	static const char *const names[] = { "d", "b", "a", "c" };
	struct rows rows = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		add(&rows, names[i], "works", "pass", "");
	rows_keep_first(&rows, 2);
	assert_int_equal(rows.n, 2);
	assert_string_equal(rows.v[0].cell, "a");
	assert_string_equal(rows.v[1].cell, "b");
	rows_free(&rows);
}

/* No cell that is asked for is left out of what is kept of a run. */
static void test_cells_named(void **state)
{
	struct words names = { 0 };

	(void)state;
	assert_int_equal(answers_cells(&names), 0);
	for (size_t i = 0; i < nproofs; i++)
		assert_true(words_find(&names, proofs[i]->cell) != WORDS_NONE);
	assert_true(names.n <= nproofs);
	words_free(&names);
}

/* What is lacking weighs less than what speaks against it. */
static void test_worst(void **state)
{
	const struct answer *a = answers[0];
	struct rows rows = { 0 };

	(void)state;
	add(&rows, a->claims[0].cells[0].cell, "crashes", "fail", "");
	assert_int_equal(answers_standing(&rows, a), STANDING_NOT_PROVEN);
	rows_free(&rows);
}

static char *print(const struct rows *rows)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	answers_print(rows, 0, f);
	assert_int_equal(fclose(f), 0);
	return text;
}

/* The mark stands before the sentence's first words. */
static bool marked(const char *text, enum standing s, const struct answer *a)
{
	char want[64];

	snprintf(want, sizeof(want), "\n%s: %.30s", answers_standing_name(s),
		a->text);
	return strstr(text, want) != NULL;
}

static void test_printed(void **state)
{
	const struct proof *p = &answers[0]->claims[0].cells[0];
	struct rows rows = run_without(p->cell);
	char *text = print(&rows);

	(void)state;
	assert_true(marked(text, STANDING_NOT_RUN, answers[0]));
	assert_non_null(strstr(text, "no record\n"));
	free(text);
	add(&rows, p->cell, "crashes", "pass", "");
	rows_sort(&rows);
	text = print(&rows);
	assert_true(marked(text, STANDING_NOT_PROVEN, answers[0]));
	assert_non_null(strstr(text, "crashes; the answer needs: "));
	for (size_t i = 1; i < nanswers; i++)
		assert_true(stands_on(answers[i], p->cell) ||
			    marked(text, STANDING_SEEN, answers[i]));
	free(text);
	rows_free(&rows);
}

/* Each cell that an answer stands on is there to be judged. */
static void test_cells_printed(void **state)
{
	struct rows rows = run_without(NULL);
	char *text = print(&rows);

	(void)state;
	for (size_t i = 0; i < nproofs; i++)
		assert_non_null(strstr(text, proofs[i]->cell));
	assert_null(strstr(text, "not run"));
	assert_null(strstr(text, "no record"));
	free(text);
	rows_free(&rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_seen),
		cmocka_unit_test(test_nothing_run),
		cmocka_unit_test(test_not_run),
		cmocka_unit_test(test_otherwise),
		cmocka_unit_test(test_other_call),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_keep_first),
		cmocka_unit_test(test_cells_named),
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_printed),
		cmocka_unit_test(test_cells_printed),
	};

	return cmocka_run_group_tests(tests, collect, NULL);
}
