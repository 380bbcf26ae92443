/* SPDX-License-Identifier: MIT */
/* test_words.c: texts that are kept once, and skips by reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "suite/skips.h"
#include "suite/words.h"

static void test_once(void **state)
{
	struct words w = { 0 };
	char name[32];

	(void)state;
	assert_int_equal(words_find(&w, ""), WORDS_NONE);
	for (uint32_t i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "cell %u", i);
		assert_int_equal(words_find(&w, name), WORDS_NONE);
		assert_int_equal(words_add(&w, name), i);
	}
	for (uint32_t i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "cell %u", i);
		assert_int_equal(words_add(&w, name), i);
		assert_int_equal(words_find(&w, name), i);
		assert_string_equal(words_text(&w, i), name);
	}
	assert_int_equal(w.n, 5000);
	assert_int_equal(words_add(&w, ""), 5000);
	assert_string_equal(words_text(&w, 5000), "");
	words_free(&w);
}

static void test_skips(void **state)
{
	static const char *const lines[][2] = { { "b", "no tcp" },
		{ "c", "no cxx" }, { "a", "no tcp" }, { "\x1b", "no\n" } };
	struct skips s = { 0 };
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			skips_add(&s, &(struct line){ .cell = lines[i][0],
					      .text = lines[i][1] }),
			0);
	skips_print(&s, f);
	fclose(f);
	assert_string_equal(text, "skipped 1, such as c: no cxx\n"
				  "skipped 2, such as a: no tcp\n"
				  "skipped 1, such as \\x1b: no\\x0a\n");
	free(text);
	skips_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_skips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
