/* SPDX-License-Identifier: MIT */
/* test_jit.c: lines and names of perf's maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "stack/jit.h"
#include "stack/jit_dump.h"

static void test_lines(void **state)
{
	static const char *const wrong[] = { "", "7f00", "7f00 ", "7f00 10",
		"7f00 10 ", "7f00 0 none", "x 10 name", " 7f00 10 name",
		"-1 10 name", "7f00 -1 name", "7f00  10 name",
		"10000000000000000 1 name", "ffffffffffffffff 2 name" };
	uint64_t start, size;
	const char *name = jit_parse_line("7f00 1a0 a b", &start, &size);

	(void)state;
	assert_string_equal(name, "a b");
	assert_int_equal(start, 0x7f00);
	assert_int_equal(size, 0x1a0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_null(jit_parse_line(wrong[i], &start, &size));
}

/* As V8 writes them: its kinds, and tiers of code. */
static void test_names(void **state)
{
	static const struct {
		const char *name, *shown, *file;
		int line;
	} rows[] = {
		{ "JS:~work /srv/app.js:12:3", "work", "app.js", 12 },
		{ "JS:*work /srv/app.js:12:3", "work", "app.js", 12 },
		{ "LazyCompile:~get size /srv/a b.js:3:17", "get size",
			"a b.js", 3 },
		{ "JS:^f file:///srv/m.mjs:7:1", "f", "m.mjs", 7 },
		{ "JS:~spawn node:child_process:832:9", "spawn",
			"node:child_process", 832 },
		{ "Eval:~ /srv/app.js:1:1", "<anonymous>", "app.js", 1 },
		{ "JS:~f evalmachine:2:5", "f", "evalmachine", 2 },
		{ "JS:~f /srv/app.js", "f", "app.js", 0 },
		{ "JS:~f /srv/a:b.js:4", "f", "a:b.js:4", 0 },
		{ "JS:~f /srv/a.js:99999999999:1", "f", "a.js:99999999999:1",
			0 },
		{ "JS:~f", "f", "", 0 },
		{ "JS:", "<anonymous>", "", 0 },
		{ "JS:~f \x1b[2J/x.js:1:1", "f", "x.js", 1 },
		{ "JS:~\x1b[2J /x.js:1:1", "\\x1b[2J", "x.js", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct frame f = { .module = "node", .ip = 9 };

		jit_parse_name(rows[i].name, &f);
		assert_string_equal(f.shown, rows[i].shown);
		assert_string_equal(f.file, rows[i].file);
		assert_int_equal(f.line, rows[i].line);
		assert_true(f.script);
		assert_true(f.begins);
		assert_string_equal(f.module, "");
	}
}

static void test_others(void **state)
{
	char name[4096] = "Lcom/example/Main;::run";
	struct frame f = { .module = "java", .ip = 9 };

	(void)state;
	jit_parse_name(name, &f);
	assert_string_equal(f.shown, name);
	assert_false(f.script);
	assert_string_equal(f.module, "");
	memset(name, 'x', sizeof(name) - 1);
	jit_parse_name(name, &f);
	assert_true(strlen(f.shown) < sizeof(f.shown));
	memcpy(name, "JS:~", 4);
	jit_parse_name(name, &f);
	assert_true(strlen(f.shown) < sizeof(f.shown));
}

static size_t put_entry(
	unsigned char *to, uint64_t at, uint32_t line, const char *file)
{
	memcpy(to, &at, 8);
	memcpy(to + 8, &line, 4);
	memset(to + 12, 0, 4);
	strcpy((char *)to + 16, file);
	return 16 + strlen(file) + 1;
}

/* The line of the last entry that is not behind; of what is not whole none. */
static void test_dump_lines(void **state)
{
	struct jit_code code = { 0x1000, 0x100, 3, 0 };
	unsigned char b[128] = { 0 };
	const char *file = NULL;
	size_t n = 0;

	(void)state;
	n += put_entry(b + n, 0x1000, 7, "a.x");
	n += put_entry(b + n, 0x1010, 9, "b.x");
	n += put_entry(b + n, 0x1020, 8, "a.x");
	code.pc = 0x100f;
	assert_int_equal(jit_dump_line(b, n, &code, &file), 7);
	assert_string_equal(file, "a.x");
	code.pc = 0x1010;
	assert_int_equal(jit_dump_line(b, n, &code, &file), 9);
	assert_string_equal(file, "b.x");
	code.pc = 0x10ff;
	assert_int_equal(jit_dump_line(b, n + 7, &code, &file), 8);
	assert_int_equal(jit_dump_line(b, n + 8, &code, &file), 0);
	for (size_t cut = 0; cut < n; cut++)
		assert_int_equal(jit_dump_line(b, cut, &code, &file), 0);
	code.count = UINT64_MAX;
	assert_int_equal(jit_dump_line(b, sizeof(b), &code, &file), 0);
	code.count = 3;
	put_entry(b, 0xfff, 7, "a.x"); /* before the code */
	assert_int_equal(jit_dump_line(b, n, &code, &file), 0);
	put_entry(b, 0x1011, 7, "a.x"); /* not in order */
	assert_int_equal(jit_dump_line(b, n, &code, &file), 0);
}

static void test_dump_records(void **state)
{
	unsigned char b[JIT_DUMP_RECORD] = { 0, 0, 0, 0, 64 };
	struct jit_record r;
	uint32_t first;

	(void)state;
	b[33] = 0x70; /* the address is 0x7000 */
	b[40] = 5;
	assert_true(jit_dump_record(b, &r));
	assert_true(r.code && !r.lines);
	assert_int_equal(r.start, 0x7000);
	assert_int_equal(r.length, 5);
	b[4] = 56; /* no room for a name */
	assert_true(jit_dump_record(b, &r));
	assert_false(r.code);
	b[4] = 15;
	assert_false(jit_dump_record(b, &r));
	memcpy(b, "DTiJ\1\0\0\0\50\0\0\0\76", 13);
	assert_true(jit_dump_header(b, &first));
	assert_int_equal(first, 40);
	b[12] = 183; /* another machine */
	assert_false(jit_dump_header(b, &first));
	b[12] = 62;
	b[8] = 8;
	assert_false(jit_dump_header(b, &first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_dump_lines),
		cmocka_unit_test(test_dump_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
