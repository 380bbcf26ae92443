/* SPDX-License-Identifier: MIT */
/* test_changes.c: two runs, made by hand, and what differs between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "suite/changes.h"

static char root[] = "/tmp/quartet-test-changes-XXXXXX";
static char then[64], now[64];

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	snprintf(then, sizeof(then), "%s/then", root);
	snprintf(now, sizeof(now), "%s/now", root);
	return mkdir(then, 0777) || mkdir(now, 0777);
}

static int tear_down(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

static FILE *create(const char *dir, const char *name)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	return f;
}

static void put_about(const char *dir, const char *kernel, const char *glibc)
{
	FILE *f = create(dir, "run.json");

	fprintf(f,
		"{\"quartet\":\"1\",\"kernel\":\"%s\",\"flavours\":{"
		"\"glibc\":\"%s\",\"glibc-static\":\"%s\",\"musl\":\"1.2\"}}",
		kernel, glibc, glibc);
	fclose(f);
}

/* CELLS: name, text, verdict, release, ..., NULL. */
static void put_cells(const char *dir, const char *const *cells)
{
	FILE *f = create(dir, "cells.jsonl");

	for (; *cells; cells += 4)
		fprintf(f,
			"{\"cell\":\"%s\",\"text\":\"%s\",\"verdict\":\"%s\","
			"\"release\":\"%s\"}\n",
			cells[0], cells[1], cells[2], cells[3]);
	fclose(f);
}

static struct changes find(bool across)
{
	struct changes c = { .across = across };

	assert_int_equal(changes_find(&c, then, now), 0);
	return c;
}

static char *print(const struct changes *c, size_t shown)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_int_equal(changes_print(c, shown, f), 0);
	fclose(f);
	return text;
}

/* What is printed holds each of WANT, or, behind a "!", does not. */
static void check(bool across, size_t shown, const char *const *want)
{
	struct changes c = find(across);
	char *text = print(&c, shown);

	for (; *want; want++) {
		const bool not = **want == '!';

		if (!strstr(text, *want + not ) != not )
			fail_msg("%s: %s", *want, text);
	}
	free(text);
	changes_free(&c);
}

#define CELLS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_same(void **state)
{
	struct changes c;

	(void)state;
	put_about(then, "6.1", "2.36");
	put_about(now, "6.1", "2.36");
	/* Neither their order nor how often they ran. */
	put_cells(then, CELLS("a/a@four/glibc", "works", "pass", "6.1",
				"a/b@four/glibc", "fails", "fail", "6.1",
				"a/b@four/glibc", "works", "pass", "6.1"));
	put_cells(now, CELLS("a/b@four/glibc", "works", "pass", "6.1",
			       "a/b@four/glibc", "fails", "fail", "6.1",
			       "a/b@four/glibc", "works", "pass", "6.1",
			       "a/a@four/glibc", "works", "pass", "6.1"));
	c = find(false);
	assert_int_equal(c.n, 0);
	assert_int_equal(c.counts[0], 3);
	assert_int_equal(c.counts[1], 4);
	changes_free(&c);
	check(false, 8,
		CELLS("3 records then, 4 now: 0 cells changed, 0 new, 0 "
		      "gone; 0 newly not as declared\n",
			"!->"));
}

static void test_kinds(void **state)
{
	(void)state;
	put_cells(then, CELLS("a/a@four/glibc", "works", "pass", "6.1",
				"a/b@four/glibc", "works", "pass", "6.1",
				"a/c@four/glibc", "fails", "fail", "6.1",
				"a/d@four/glibc", "hangs", "pass", "6.1",
				"b/e@four/glibc", "works", "pass", "6.1"));
	put_cells(now, CELLS("a/a@four/glibc", "dies: brk", "fail", "6.1",
			       "a/b@four/glibc", "dies: brk", "fail", "6.1",
			       "a/c@four/glibc", "fails", "pass", "6.1",
			       "a/d@four/glibc", "hangs", "pass", "6.1",
			       "b/f@four/musl", "no tcp", "skip", "6.1"));
	check(false, 8,
		CELLS("works -> dies: brk: 2 cells, as declared then, not as "
		      "declared now\n",
			"    where: group a; profile four; flavour glibc\n"
			"  a/a@four/glibc\n  a/b@four/glibc\n",
			"fails, declared otherwise: 1 cell, not as declared "
			"then, as declared now\n  a/c@four/glibc\n",
			"gone: 1 cell, as declared\n  b/e@four/glibc ",
			"new: 1 cell, as declared\n  b/f@four/musl ",
			" skipped: no tcp\n", "!a/d", "!goes with",
			"5 records then, 5 now: 3 cells changed, 1 new, 1 "
			"gone; "
			"2 newly not as declared\n"));
	check(false, 1, CELLS("  and 1 more; -v names them\n", "!a/b"));
}

/* What has several outcomes is told with all of them. */
static void test_wavers(void **state)
{
	const char *cells[4 * 12 + 1] = { 0 };
	char texts[12][20];

	(void)state;
	put_cells(then, CELLS("a/a@four/glibc", "works", "pass", "6.1"));
	put_cells(now, CELLS("a/a@four/glibc", "works", "pass", "6.1",
			       "a/a@four/glibc", "hangs", "fail", "6.1"));
	check(false, 8,
		CELLS("works -> hangs or works: 1 cell, as declared "
		      "then, not as declared now\n"));
	for (int i = 0; i < 12; i++) {
		snprintf(texts[i], sizeof(texts[i]), "fails: %d", i);
		cells[4 * i] = "a/a@four/glibc";
		cells[4 * i + 1] = texts[i];
		cells[4 * i + 2] = "pass";
		cells[4 * i + 3] = "6.1";
	}
	put_cells(now, cells);
	check(false, 8, CELLS("works -> more than 8 outcomes: 1 cell"));
}

/* A libc, a kernel, or what cannot be told. */
static void test_causes(void **state)
{
	(void)state;
	put_about(then, "6.1", "2.36");
	put_about(now, "6.12", "2.41");
	put_cells(then, CELLS("a/libc@four/glibc", "works", "pass", "6.1",
				"a/libc@four/musl", "works", "pass", "6.1",
				"a/kernel@four/glibc", "works", "pass", "6.1",
				"a/kernel@four/musl", "works", "pass", "6.1",
				"a/alone@four/glibc", "works", "pass", "6.1"));
	put_cells(
		now, CELLS("a/libc@four/glibc", "dies: a", "pass", "6.12",
			     "a/libc@four/musl", "works", "pass", "6.12",
			     "a/kernel@four/glibc", "dies: b", "pass", "6.12",
			     "a/kernel@four/musl", "dies: b", "pass", "6.12",
			     "a/alone@four/glibc", "dies: c", "pass", "6.12"));
	check(false, 8,
		CELLS("Linux: 6.1 -> 6.12\nlibc of glibc: 2.36 -> 2.41\n"
		      "libc of glibc-static: 2.36 -> 2.41\n\n",
			"works -> dies: a: 1 cell, as declared then and now\n"
			"    goes with libc 2.36 -> 2.41 (glibc, "
			"glibc-static)\n  a/libc",
			"works -> dies: b: 2 cells, as declared then and now\n"
			"    goes with Linux 6.1 -> 6.12\n"
			"    where: group a; profile four; flavour glibc 1, "
			"musl "
			"1\n",
			"works -> dies: c: 1 cell, as declared then and now\n"
			"    goes with libc 2.36 -> 2.41 (glibc, glibc-static) "
			"or Linux 6.1 -> 6.12\n  a/alone"));
}

static void test_across(void **state)
{
	(void)state;
	put_about(now, "6.1", "2.36");
	put_cells(then, CELLS("a/a@four+exit/glibc", "works", "pass", "6.1"));
	put_cells(now,
		CELLS("a/a@four+exit/glibc+uml", "dies: a", "pass", "6.2"));
	check(false, 8, CELLS("gone: 1 cell", "new: 1 cell", "!works -> "));
	check(true, 8,
		CELLS("works -> dies: a: 1 cell",
			"!gone:", "!new:", "goes with Linux 6.1 -> 6.2\n",
			"  a/a@four+exit/glibc\n"));
}

static void test_json(void **state)
{
	struct changes c = { 0 };
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	json_t *o, *v;

	(void)state;
	put_cells(then, CELLS("a/a@four/glibc", "works", "pass", "6.1",
				"a/g@four/glibc", "works", "pass", "6.1"));
	put_cells(now, CELLS("a/a@four/glibc", "dies: a", "fail", "6.1"));
	c = find(false);
	assert_int_equal(changes_json(&c, f), 0);
	fclose(f);
	o = json_loads(text, 0, NULL);
	v = json_object_get(o, "changes");
	assert_int_equal(json_array_size(v), 2);
	assert_string_equal(json_string_value(json_object_get(
				    json_array_get(v, 0), "then")),
		"works");
	assert_string_equal(json_string_value(json_object_get(
				    json_array_get(v, 0), "known_now")),
		"not as declared");
	assert_string_equal(json_string_value(json_object_get(
				    json_array_get(v, 1), "cell")),
		"a/g@four/glibc");
	assert_null(json_object_get(json_array_get(v, 1), "now"));
	json_decref(o);
	free(text);
	changes_free(&c);
}

/* A stranger's record brings no line of its own, and no record is told. */
static void test_hostile(void **state)
{
	struct changes c = { 0 };
	FILE *f;

	(void)state;
	put_cells(then, CELLS("a", "\\u001b[2J", "x", "y"));
	put_cells(now,
		CELLS("a", "\\nnew: 9 cells", "x", "y", "@/+", "", "", ""));
	check(false, 8, CELLS("\\x1b[2J -> ", "new: 1 cell,", "!\x1b"));
	f = create(now, "cells.jsonl");
	fputs("{\"cell\":\"a\"}\n[]\n", f);
	fclose(f);
	assert_int_equal(changes_find(&c, then, now), -EINVAL);
	changes_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_wavers),
		cmocka_unit_test(test_causes),
		cmocka_unit_test(test_across),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
