/* SPDX-License-Identifier: MIT */
/* test_python.c: line tables as InternalDocs/code_objects.md writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stack/python.h"

#define ENTRY(kind, units) ((unsigned char)(0x80 | (kind) << 3 | ((units)-1)))

static void test_kinds(void **state)
{
	/* A byte of two columns; two of columns; a number for the line, of
	 * which the lowest bit is the sign; four numbers; no line. */
	static const unsigned char table[] = {
		ENTRY(0, 2), 0x00,		   /* line 10, units 0 and 1 */
		ENTRY(12, 1), 4, 9,		   /* 12, unit 2 */
		ENTRY(13, 8), 1 << 1,		   /* 13, units 3 to 10 */
		ENTRY(14, 1), 3 << 1 | 1, 0, 1, 1, /* 10, unit 11 */
		ENTRY(15, 1),			   /* unit 12 */
		ENTRY(10, 1), 0, 0,		   /* 10, unit 13 */
	};
	static const int lines[] = { 10, 10, 12, 13, 13, 13, 13, 13, 13, 13, 13,
		10, 0, 10 };

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		assert_int_equal(
			python_line(table, sizeof(table), 10, i), lines[i]);
	assert_int_equal(python_line(table, sizeof(table), 10, 14), 0);
	assert_int_equal(python_line(table, sizeof(table), 10, UINT64_MAX), 0);
}

/* Six bits a byte, the lowest first. */
static void test_long_numbers(void **state)
{
	static const unsigned char table[] = {
		ENTRY(13, 1), 0x40 | 32, 31,	      /* 2016 / 2 = 1008 on */
		ENTRY(14, 1), 0x40 | 33, 31, 0, 0, 0, /* and back */
	};

	(void)state;
	assert_int_equal(python_line(table, sizeof(table), 5, 0), 1013);
	assert_int_equal(python_line(table, sizeof(table), 5, 1), 5);
}

/* What is no table neither brings it down nor keeps it. */
static void test_damaged(void **state)
{
	unsigned char table[64];

	(void)state;
	for (unsigned fill = 0; fill < 256; fill++) {
		for (size_t i = 0; i < sizeof(table); i++)
			table[i] = (unsigned char)(fill + (i * fill >> 3));
		for (size_t n = 0; n <= sizeof(table); n++)
			python_line(table, n, 1, 3);
	}
	assert_int_equal(python_line(table, 0, 1, 0), 0);
}

static void test_loop(void **state)
{
	(void)state;
	assert_true(python_is_loop("_PyEval_EvalFrameDefault"));
	assert_true(python_is_loop("_PyEval_EvalFrameDefault.cold"));
	assert_true(python_is_loop("_TAIL_CALL_CALL"));
	assert_false(python_is_loop("PyEval_EvalCode"));
	assert_false(python_is_loop(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_long_numbers),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
