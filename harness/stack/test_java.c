/* SPDX-License-Identifier: MIT */
/* test_java.c: HotSpot's numbers and line tables, as compressedStream.hpp and
 * method.cpp of OpenJDK write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stack/java.h"

static void test_numbers(void **state)
{
	static const struct {
		unsigned char bytes[5];
		unsigned excluded;
		size_t n;
		uint32_t number;
	} rows[] = {
		{ { 0 }, 0, 1, 0 },
		{ { 191 }, 0, 1, 191 },
		/* 192 + 0 * 64, 255 + 191 * 64 */
		{ { 192, 0 }, 0, 2, 192 },
		{ { 255, 191 }, 0, 2, 255 + 191 * 64 },
		{ { 192, 192, 1 }, 0, 3, 192 + 192 * 64 + 64 * 64 },
		/* The fifth ends it, whatever it is. */
		{ { 255, 255, 255, 255, 255 }, 0, 5,
			255u + (255u << 6) + (255u << 12) + (255u << 18) +
				(255u << 24) },
		/* No byte is 0. */
		{ { 1 }, 1, 1, 0 },
		{ { 191 }, 1, 1, 190 },
		{ { 192, 1 }, 1, 2, 191 },
		{ { 255, 2 }, 1, 2, 254 + 64 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint32_t number = 7;
		size_t at = 0;

		assert_true(java_number(
			rows[i].bytes, 5, rows[i].excluded, &at, &number));
		assert_int_equal(number, rows[i].number);
		assert_int_equal(at, rows[i].n);
		at = 0;
		assert_false(java_number(rows[i].bytes, rows[i].n - 1,
			rows[i].excluded, &at, &number));
	}
}

static void test_none(void **state)
{
	static const unsigned char zero[] = { 0, 200, 0 };
	uint32_t number;
	size_t at = 0;

	(void)state;
	assert_false(java_number(zero, 3, 1, &at, &number));
	at = 1;
	assert_false(java_number(zero, 3, 1, &at, &number));
}

static void test_lines(void **state)
{
	/* 0 is line 5, 2 is 8; behind 0xff by 300 and by -3: 302 is 5; a last
	 * one that goes back in the code, as loops have it: 300 is line 6. */
	static const unsigned char table[] = { 0x05, 0x13, 0xff,
		/* 600: 192 + 24 + 6 * 64 */ 216, 6, /* -3 */ 5, 0xff,
		/* -2 */ 3, /* 1 */ 2, 0 };

	(void)state;
	assert_int_equal(java_line(table, sizeof(table), 0, 0), 5);
	assert_int_equal(java_line(table, sizeof(table), 0, 1), 5);
	assert_int_equal(java_line(table, sizeof(table), 0, 2), 8);
	assert_int_equal(java_line(table, sizeof(table), 0, 299), 8);
	assert_int_equal(java_line(table, sizeof(table), 0, 300), 6);
	assert_int_equal(java_line(table, sizeof(table), 0, 301), 6);
	assert_int_equal(java_line(table, sizeof(table), 0, 302), 5);
	assert_int_equal(java_line(table, sizeof(table), 0, 65535), 5);
	/* Cut: what was whole counts. */
	assert_int_equal(java_line(table, 4, 0, 65535), 8);
	assert_int_equal(java_line(table, 0, 0, 1), 0);
	assert_int_equal(java_line((const unsigned char *)"", 1, 0, 1), 0);
}

/* Since 20 the bytes of numbers begin at 1: the 0 that ends a table is none. */
static void test_excluded(void **state)
{
	static const unsigned char table[] = { 0x05, 0xff, /* 100 */ 201 - 8,
		/* 2 * 100 = 192 - 1 + 9 */ 1, 5, 0 };

	(void)state;
	assert_int_equal(java_line(table, sizeof(table), 1, 95), 5);
	assert_int_equal(java_line(table, sizeof(table), 1, 96), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_excluded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
