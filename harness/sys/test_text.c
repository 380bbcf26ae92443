/* SPDX-License-Identifier: MIT */
/* test_text.c: strangers' bytes, as they are shown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

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
		/* U+202A, 202E, 2066, 2069, 200F, 2028, FEFF, E0041. */
		{ "\xe2\x80\xaa", "\\xe2\\x80\\xaa" },
		{ "a\xe2\x80\xaeg", "a\\xe2\\x80\\xaeg" },
		{ "\xe2\x81\xa6", "\\xe2\\x81\\xa6" },
		{ "\xe2\x81\xa9", "\\xe2\\x81\\xa9" },
		{ "\xe2\x80\x8f", "\\xe2\\x80\\x8f" },
		{ "\xe2\x80\xa8", "\\xe2\\x80\\xa8" },
		{ "\xef\xbb\xbf", "\\xef\\xbb\\xbf" },
		{ "\xf3\xa0\x81\x81", "\\xf3\\xa0\\x81\\x81" },
		/* Their neighbours: U+2010, 2027, 202F, 2070. */
		{ "\xe2\x80\x90", "\xe2\x80\x90" },
		{ "\xe2\x80\xa7", "\xe2\x80\xa7" },
		{ "\xe2\x80\xaf", "\xe2\x80\xaf" },
		{ "\xe2\x81\xb0", "\xe2\x81\xb0" },
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

#define NAME 65536 /* of a symbol, made by who wants it too long */

/* Every size of room, a piece that is far too long: the byte behind the room
 * stays, the text ends in the room, and what came before the cut is there. */
static void never_overrun(void **state)
{
	char room[40], *name = malloc(NAME + 1);

	(void)state;
	assert_non_null(name);
	memset(name, 'x', NAME);
	name[NAME] = '\0';
	for (size_t size = 1; size < sizeof(room); size++) {
		struct text t;

		memset(room, '#', sizeof(room));
		t = text_in(room, size);
		text_put(&t, "a%s", "b");
		assert_int_equal(t.cut, size < 3);
		text_put(&t, "%s", name);
		assert_true(t.cut);
		text_put(&t, "late");
		text_put_whole(&t, "late", 4);
		text_put_shown(&t, "late");
		assert_int_equal(t.n, size - 1);
		assert_int_equal(strlen(room), size - 1);
		assert_memory_equal(room, "abxx", size < 5 ? size - 1 : 4);
		text_mark_cut(&t);
		assert_int_equal(strlen(room), size - 1);
		assert_string_equal(room + (size > 3 ? size - 4 : size - 1),
			size > 3 ? "..." : "");
		assert_int_equal(room[size], '#');
	}
	free(name);
}

static void no_room(void **state)
{
	char room = '#';
	struct text t = text_in(&room, 0);

	(void)state;
	text_put(&t, "a");
	text_put_whole(&t, "a", 1);
	text_mark_cut(&t);
	assert_true(t.cut);
	assert_int_equal(room, '#');
}

/* A character of two, three and four bytes, cut after each of its bytes. */
static void characters_stay_whole(void **state)
{
	static const char *const rows[] = { "\xc3\xa9", "\xe2\x82\xac",
		"\xf0\x9f\x98\x80" };
	char room[16];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (size_t size = 2; size < 3 + strlen(rows[i]); size++) {
			struct text t = text_in(room, size);

			text_put(&t, "a%s", rows[i]);
			assert_int_equal(t.cut, size < 2 + strlen(rows[i]));
			assert_string_equal(room + 1, t.cut ? "" : rows[i]);
		}
}

/* A piece that fits, one that does not, whose escape would be cut in two. */
static void marks_what_is_cut(void **state)
{
	char room[10];
	struct text t = text_in(room, sizeof(room));

	(void)state;
	text_put(&t, "%d:", 1);
	text_put_shown(&t, "\n");
	assert_false(t.cut);
	text_mark_cut(&t);
	assert_string_equal(room, "1:\\x0a");
	text_put_shown(&t, "bcd\n");
	assert_string_equal(room, "1:\\x0abcd");
	text_mark_cut(&t);
	assert_string_equal(room, "1:\\x0a...");
	t = text_in(room, 8);
	text_put_shown(&t, "ab\nf");
	text_put(&t, "%s", "e");
	text_mark_cut(&t);
	assert_string_equal(room, "ab...");
}

static void quoted(void **state)
{
	static const unsigned char bytes[] = "a \"~\n\x7f\0\xc3\xa9";
	char room[64];
	struct text t = text_in(room, sizeof(room));

	(void)state;
	text_put_quoted(&t, bytes, sizeof(bytes) - 1);
	assert_string_equal(room, "\"a \\x22~\\n\\x7f\\x00\\xc3\\xa9\"");
	assert_false(t.cut);
	t = text_in(room, 5);
	text_put_quoted(&t, bytes, 4);
	assert_true(t.cut);
	assert_string_equal(room, "\"a \\");
}

static void signals(void **state)
{
	char text[TEXT_SIGNAL];

	(void)state;
	assert_string_equal(text_signal(9, text), "SIGKILL");
	assert_string_equal(text_signal(31, text), "SIGSYS");
	/* Real-time signals have none (signal(7)). */
	assert_string_equal(text_signal(40, text), "signal 40");
	assert_string_equal(text_signal(0, text), "signal 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strangers_bytes),
		cmocka_unit_test(lists_of_words),
		cmocka_unit_test(signals),
		cmocka_unit_test(never_overrun),
		cmocka_unit_test(no_room),
		cmocka_unit_test(characters_stay_whole),
		cmocka_unit_test(marks_what_is_cut),
		cmocka_unit_test(quoted),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
