/* SPDX-License-Identifier: MIT */
/* test_cover.c: unit tests of what is marked of a buffer of KCOV's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "executor/cover.h"

static uint8_t edges[COVER_EDGES], blocks[COVER_BLOCKS / 8];

static int start(void **state)
{
	(void)state;
	memset(edges, 0, sizeof(edges));
	memset(blocks, 0, sizeof(blocks));
	cover_into(edges, blocks);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cover_into(NULL, NULL);
	return 0;
}

static int count_edges(void)
{
	int n = 0;

	for (int i = 0; i < COVER_EDGES; i++)
		n += edges[i];
	return n;
}

static int count_blocks(void)
{
	int n = 0;

	for (int i = 0; i < COVER_BLOCKS / 8; i++)
		n += __builtin_popcount(blocks[i]);
	return n;
}

static void marks_blocks(void **state)
{
	uint64_t buffer[] = { 3, COVER_TEXT, COVER_TEXT + 13, COVER_TEXT + 13,
		COVER_TEXT + 99 };

	(void)state;
	cover_end(buffer);
	assert_int_equal(count_blocks(), 2);
	assert_int_equal(blocks[0], 1);
	assert_int_equal(blocks[1], 1 << 5);
	cover_end(buffer);
	assert_int_equal(count_blocks(), 2);
}

static void marks_no_block_of_elsewhere(void **state)
{
	uint64_t buffer[] = { 3, COVER_TEXT - 1, COVER_TEXT + COVER_BLOCKS, 0 };

	(void)state;
	cover_end(buffer);
	assert_int_equal(count_blocks(), 0);
	assert_int_equal(count_edges(), 3);
}

/* The same blocks in another order are another way. */
static void tells_ways_apart(void **state)
{
	uint64_t one[] = { 2, COVER_TEXT + 16, COVER_TEXT + 64 };
	uint64_t two[] = { 2, COVER_TEXT + 64, COVER_TEXT + 16 };

	(void)state;
	cover_end(one);
	assert_int_equal(count_edges(), 2);
	cover_end(one);
	assert_int_equal(count_edges(), 2);
	cover_end(two);
	assert_int_equal(count_edges(), 4);
	assert_int_equal(count_blocks(), 2);
}

static void begins_anew(void **state)
{
	uint64_t buffer[] = { 1, COVER_TEXT };

	(void)state;
	cover_begin(buffer);
	assert_int_equal(buffer[0], 0);
	cover_end(buffer);
	assert_int_equal(count_edges(), 0);
}

static void is_nothing_without_kcov(void **state)
{
	int fds[2];

	(void)state;
	cover_begin(NULL);
	cover_end(NULL);
	assert_int_equal(count_edges(), 0);
	cover_into(NULL, NULL);
	cover_open(fds, 2);
	assert_int_equal(fds[0], -1);
	assert_int_equal(fds[1], -1);
	cover_close(fds, 2);
	assert_null(cover_start(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(marks_blocks, start, stop),
		cmocka_unit_test_setup_teardown(
			marks_no_block_of_elsewhere, start, stop),
		cmocka_unit_test_setup_teardown(tells_ways_apart, start, stop),
		cmocka_unit_test_setup_teardown(begins_anew, start, stop),
		cmocka_unit_test_setup_teardown(
			is_nothing_without_kcov, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
