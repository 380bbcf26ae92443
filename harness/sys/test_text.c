/* SPDX-License-Identifier: MIT */
/* test_text.c: strangers' bytes, as they are shown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sys/text.h"

static void strangers_bytes(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "\033[2J\a", "\\x1b[2J\\x07" },
		{ "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
			"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
		{ "\xff", "\\xff" },
		{ "\xc3", "\\xc3" },		       /* cut */
		{ "\xc0\xaf", "\\xc0\\xaf" },	       /* too long */
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xc2\x9b", "\\xc2\\x9b" }, /* CSI, in one */
		{ "\x7f", "\\x7f" },
	};
	char *argv[] = { "a", "b c", "\n", NULL };
	char to[64], small[8];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		text_show(rows[i].from, to, sizeof(to));
		assert_string_equal(to, rows[i].to);
	}
	text_command(argv, to, sizeof(to));
	assert_string_equal(to, "a b c \\x0a");
	text_show("1234567", small, sizeof(small));
	assert_string_equal(small, "1234567");
	text_show("12345678", small, sizeof(small));
	assert_string_equal(small, "1234...");
	/* No character is cut in two. */
	text_show("123\xc3\xa9\xc3\xa9\xc3\xa9", small, sizeof(small));
	assert_string_equal(small, "123...");
}

static void lists_of_words(void **state)
{
	(void)state;
	assert_true(text_matches(NULL, "x"));
	assert_true(text_matches("a b", "b"));
	assert_false(text_matches("a b", "c"));
	assert_true(text_matches("four*", "four+heap"));
	assert_false(text_matches("four* !four-log", "four-log"));
	assert_true(text_matches("!musl", "glibc"));
	assert_false(text_matches("!musl", "musl"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strangers_bytes),
		cmocka_unit_test(lists_of_words),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
