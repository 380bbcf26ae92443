/* SPDX-License-Identifier: MIT */
/* test_rows.c: a table as harness/guest/rows.patch fills it, written by hand.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "surface/marks.h"
#include "surface/rows.h"

#define TEXT	0xffffffff81000000ull
#define NO_CALL 0xffffu
#define REFUSED 0xfffeu
#define OP(n)	((n) << 10)
#define PRIVATE (1u << 15)
#define I386	(1u << 9)
#define FUTEX	202u

static struct symbols symbols;
static struct sorts rows;
static uint64_t *table;
static size_t words;

static void op(uint64_t n, char *name, size_t size)
{
	snprintf(name, size, "op%d", (int)n);
}

/* Functions a, b and c, 256 bytes each. */
static int begin(void **state)
{
	static char text[] = "ffffffff81000000 t a\nffffffff81000100 t b\n"
			     "ffffffff81000200 t c\n";
	FILE *from = fmemopen(text, strlen(text), "r");

	(void)state;
	assert_int_equal(symbols_read(&symbols, from), 0);
	fclose(from);
	rows = (struct sorts){ .nsymbols = symbols.n, .name_op = op };
	table = calloc(ROWS_HEAD + 64, sizeof(*table));
	words = ROWS_HEAD;
	return table ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	sorts_free(&rows);
	symbols_free(&symbols);
	free(table);
	return 0;
}

static void times(unsigned call, unsigned n)
{
	table[ROWS_TIMES + call] = n;
}

/* Empty slots lie between them, as in a table by hash. */
static void went(unsigned call, unsigned marks, uint64_t offset)
{
	table[words] = (uint64_t)(call | marks << 16) << 32 |
		       ((TEXT + offset) & 0xffffffff);
	words += 2;
}

static void reads(void)
{
	assert_int_equal(rows_read(&rows, &symbols, table, words), 0);
}

static const struct reached *row(const char *name)
{
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(rows.list[i].name, name))
			return &rows.list[i];
	return NULL;
}

static void has(
	const char *name, unsigned long n, size_t functions, size_t blocks)
{
	const struct reached *r = row(name);

	if (!r)
		fail_msg("%s: no such row", name);
	assert_int_equal(r->n, n);
	assert_int_equal(r->functions, functions);
	assert_int_equal(r->nblocks, blocks);
}

static void calls(void **state)
{
	(void)state;
	times(0, 3);
	went(0, 0, 0x110);
	went(0, 0, 0x15);
	went(0, 0, 0x120);
	reads();
	has("read", 3, 2, 3);
	assert_true(row("read")->call);
	assert_true(row("read")->blocks[0] == TEXT + 0x15);
	assert_true(row("read")->blocks[2] == TEXT + 0x120);
	assert_int_equal(rows.n, 1);
}

/* What a fault in a call went through is the call's and the fault's, and of the
 * call's once, though it was also gone through without. */
static void faults_in_calls(void **state)
{
	(void)state;
	times(1, 1);
	went(1, MARK(MARK_FAULT), 0x10);
	went(1, 0, 0x10);
	went(NO_CALL, MARK(MARK_FAULT), 0x210);
	reads();
	has("write", 1, 1, 1);
	has("page fault", 0, 2, 2);
	assert_false(row("page fault")->call);
}

static void futex_operations(void **state)
{
	(void)state;
	times(FUTEX, 1);
	went(FUTEX, 0, 0x10);
	times(FUTEX | OP(1) | PRIVATE, 2);
	went(FUTEX | OP(1) | PRIVATE, 0, 0x20);
	times(FUTEX | OP(31), 4);
	went(FUTEX | OP(31), 0, 0x30);
	times(240 | I386 | OP(1), 5);
	went(240 | I386 | OP(1), 0, 0x40);
	reads();
	has("futex op0", 1, 1, 1);
	has("futex op1 private", 2, 1, 1);
	has("futex another operation", 4, 1, 1);
	has("futex op1 (i386)", 5, 1, 1);
}

/* The filter was asked about execve, and no execve was ever begun. */
static void refused(void **state)
{
	(void)state;
	times(REFUSED, 6);
	went(59, MARK(MARK_FILTER), 0x10);
	went(REFUSED, MARK(MARK_FILTER), 0x20);
	reads();
	has("a call that did not begin", 6, 1, 2);
	has("seccomp filter", 0, 1, 2);
	assert_null(row("execve"));
}

static void without_a_reason(void **state)
{
	(void)state;
	went(NO_CALL, 0, 0x10);
	reads();
	has("not told apart", 0, 1, 1);
}

/* A return address behind a function's last call is still that function's. */
static void last_call(void **state)
{
	(void)state;
	times(0, 1);
	went(0, 0, 0x100);
	reads();
	assert_true(row("read")->has[0]);
	assert_false(row("read")->has[1]);
}

static void in_no_function(void **state)
{
	(void)state;
	times(0, 1);
	went(0, 0, (uint64_t)-0x100);
	assert_int_equal(rows_read(&rows, &symbols, table, words), -EBADMSG);
}

static void for_no_reason_known(void **state)
{
	(void)state;
	went(NO_CALL, MARK(MARKS_TOLD), 0x10);
	assert_int_equal(rows_read(&rows, &symbols, table, words), -EBADMSG);
}

static void empty(void **state)
{
	(void)state;
	words = ROWS_HEAD + 64;
	reads();
	assert_int_equal(rows.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = { TEST(calls), TEST(faults_in_calls),
		TEST(futex_operations), TEST(refused), TEST(without_a_reason),
		TEST(last_call), TEST(in_no_function),
		TEST(for_no_reason_known), TEST(empty) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
