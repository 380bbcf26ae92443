/* SPDX-License-Identifier: MIT */
/* test_blackbox.c: unit tests of what is left of a kernel that died. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "session/blackbox.h"

static char path[] = "/tmp/quartet-blackbox-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	return fd < 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

/* One that is told from others by the value of its word. */
static void begin_number(struct blackbox *b, uint32_t number)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	struct program p;

	program_decode(&p, "", 0);
	p.words[0].value = number;
	blackbox_begin(b, data, program_encode(&p, data));
}

static void keeps_the_last_ones(void **state)
{
	struct blackbox *b = blackbox_open(path);
	struct program p;

	(void)state;
	assert_non_null(b);
	assert_false(blackbox_last(b, 0, &p));
	begin_number(b, 1000);
	assert_true(blackbox_last(b, 0, &p));
	assert_false(blackbox_last(b, 1, &p));
	for (uint32_t i = 1; i < 3 * BLACKBOX_LAST; i++)
		begin_number(b, 1000 + i);
	blackbox_close(b);
	b = blackbox_open(path);
	assert_non_null(b);
	assert_int_equal(b->programs, 3 * BLACKBOX_LAST);
	for (uint32_t i = 0; i < BLACKBOX_LAST; i++) {
		assert_true(blackbox_last(b, i, &p));
		assert_int_equal(
			p.words[0].value, 1000 + 3 * BLACKBOX_LAST - 1 - i);
	}
	assert_false(blackbox_last(b, BLACKBOX_LAST, &p));
	blackbox_close(b);
}

/* One whose guest ended before it was written did not run. */
static void half_written_is_none(void **state)
{
	struct blackbox *b = blackbox_open(path);
	struct program p;

	(void)state;
	assert_non_null(b);
	memset(b, 0, sizeof(*b));
	for (uint32_t i = 0; i < BLACKBOX_LAST; i++)
		begin_number(b, 1000 + i);
	/* As blackbox_begin() leaves it where it is cut short: at first, what
	 * is there is what was begun BLACKBOX_LAST before. */
	b->programs++;
	assert_false(blackbox_last(b, 0, &p));
	b->last[0].number = 0;
	assert_false(blackbox_last(b, 0, &p));
	assert_true(blackbox_last(b, 1, &p));
	assert_int_equal(p.words[0].value, 1000 + BLACKBOX_LAST - 1);
	blackbox_close(b);
}

/* A guest may have written anything there. */
static void believes_no_size(void **state)
{
	struct blackbox *b = blackbox_open(path);
	struct program p;

	(void)state;
	assert_non_null(b);
	b->programs = 1;
	b->last[0].number = 1;
	b->last[0].size = PROGRAM_BINARY_MAX + 1;
	assert_false(blackbox_last(b, 0, &p));
	blackbox_close(b);
}

static void says_why_not(void **state)
{
	(void)state;
	assert_null(blackbox_open(NULL));
	assert_int_equal(errno, EINVAL);
	assert_null(blackbox_open("/proc/none"));
	assert_int_equal(errno, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_last_ones),
		cmocka_unit_test(half_written_is_none),
		cmocka_unit_test(believes_no_size),
		cmocka_unit_test(says_why_not),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
