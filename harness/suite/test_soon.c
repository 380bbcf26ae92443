/* SPDX-License-Identifier: MIT */
/* Answers come when their cells have, and not before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite/answers.h"
#include "suite/soon.h"

#define CELLS_MAX 1000

static struct words names; /* that answers stand on */
static size_t first_names; /* of them those of the first question */

/* All that answers stand on, from the last to the first, each behind a cell of
 * the same program and one of another that nobody asks for. */
static void make_suite(struct suite *s)
{
	memset(s, 0, sizeof(*s));
	s->cells = calloc(CELLS_MAX, sizeof(*s->cells));
	assert_non_null(s->cells);
	assert_int_equal(answers_cells_of(question_at(0), &names), 0);
	first_names = names.n;
	assert_int_equal(answers_cells(&names), 0);
	assert_true(3 * names.n < CELLS_MAX);
	for (size_t i = names.n; i-- > 0; s->ncells += 3) {
		struct cell *c = &s->cells[s->ncells];

		snprintf(c[0].name, sizeof(c->name), "beside/%zu", i);
		snprintf(c[0].path, sizeof(c->path), "program/%zu", i);
		snprintf(c[1].name, sizeof(c->name), "%s",
			words_text(&names, (uint32_t)i));
		memcpy(c[1].path, c[0].path, sizeof(c->path));
		snprintf(c[2].name, sizeof(c->name), "other/%zu", i);
		snprintf(c[2].path, sizeof(c->path), "other/%zu", i);
	}
}

static void free_suite(struct suite *s)
{
	free(s->cells);
	words_free(&names);
	names = (struct words){ 0 };
}

static void test_order(void **state)
{
	struct suite s;
	size_t n, ahead;

	(void)state;
	make_suite(&s);
	n = s.ncells;
	ahead = 2 * first_names;
	assert_int_equal(soon_order(&s), 0);
	assert_int_equal(s.ncells, n);
	for (size_t i = 0; i < n; i++) {
		uint32_t no = words_find(&names, s.cells[i].name);

		/* The first question's and their neighbours, then the other
		 * questions', then what nobody asks for. */
		if (no != WORDS_NONE)
			assert_true((i < ahead) == (no < first_names));
		if (!strncmp(s.cells[i].name, "other/", 6))
			assert_true(i >= 2 * names.n);
		if (!strncmp(s.cells[i].name, "beside/", 7))
			assert_string_equal(
				s.cells[i].path, s.cells[i + 1].path);
	}
	free_suite(&s);
}

static void take(struct soon *soon, const char *name)
{
	char line[500];

	snprintf(line, sizeof(line),
		"{\"cell\":\"%s\",\"outcome\":\"works\",\"verdict\":\"pass\","
		"\"text\":\"works\"}\n",
		name);
	soon_take(soon, name, line, strlen(line));
}

static void test_told(void **state)
{
	char *text = NULL;
	struct suite s;
	struct soon *soon;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	make_suite(&s);
	soon = soon_begin("/nonexistent", &s, out);
	assert_non_null(soon);
	assert_non_null(strstr(text, "KILL_THREAD"));
	take(soon, "other/0");
	for (uint32_t i = 0; i < names.n; i++) {
		assert_true(!strstr(text, question_at(0)->text) ==
			    (i < first_names));
		take(soon, words_text(&names, i));
	}
	for (size_t i = 0; question_at(i); i++)
		assert_non_null(strstr(text, question_at(i)->text));
	assert_null(strstr(text, "no record"));
	assert_int_equal(soon_end(soon), 5);
	fclose(out);
	free(text);
	free_suite(&s);
}

/* Of a run that is broken off, what was not told is left to the report. */
static void test_broken_off(void **state)
{
	char *text = NULL;
	struct suite s;
	struct soon *soon;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	make_suite(&s);
	soon = soon_begin("/nonexistent", &s, out);
	assert_non_null(soon);
	for (uint32_t i = 0; i < names.n - 1; i++)
		take(soon, words_text(&names, i));
	assert_int_equal(soon_end(soon), 4);
	assert_null(strstr(text, question_at(4)->text));
	fclose(out);
	free(text);
	free_suite(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_broken_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
