/* SPDX-License-Identifier: MIT */
/* test_known.c: failures that are known: their file, and what it says of lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite/known.h"

static char path[] = "/tmp/quartet-test-known-XXXXXX";

static int set_up(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state)
{
	(void)state;
	return unlink(path);
}

static int read_text(struct known *k, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return known_read(k, path);
}

static const char *judge(struct known *k, const char *cell, const char *text,
	const char *verdict)
{
	struct line l = { .cell = cell,
		.text = text,
		.verdict = verdict,
		.outcome = "dies" };

	known_judge(k, &l);
	return l.known[0] ? l.known : l.verdict;
}

static void test_read(void **state)
{
	struct known k;

	(void)state;
	assert_int_equal(
		read_text(&k, "# what is known\n\n"
			      "  a/b@four/glibc   dies: brk \t https://x/1 a "
			      "reason\r\n"
			      "a/*@four/glibc * file://y\n"
			      "a/c@four/raw fails: EPERM  see https://z"),
		0);
	assert_int_equal(k.n, 3);
	assert_string_equal(k.v[0].cell, "a/b@four/glibc");
	assert_string_equal(k.v[0].outcome, "dies: brk");
	assert_string_equal(k.v[0].address, "https://x/1 a reason");
	assert_string_equal(k.v[1].outcome, "*");
	assert_string_equal(k.v[1].address, "file://y");
	assert_string_equal(k.v[2].outcome, "fails: EPERM  see");
	known_free(&k);
	assert_int_equal(read_text(&k, ""), 0);
	assert_int_equal(k.n, 0);
	assert_int_equal(known_read(&k, "/nonexistent"), -ENOENT);
}

static void test_wrong(void **state)
{
	static const char *const wrong[] = { "a/b@four/glibc\n",
		"a/b@four/glibc dies: brk\n", "a/b@four/glibc https://x\n",
		"a/b@four/glibc  \n", "dies: brk https://x\n",
		"# fine\na/b@four/glibc works\n" };
	struct known k;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(read_text(&k, wrong[i]), -EINVAL);
		known_free(&k);
	}
}

static void test_judge(void **state)
{
	struct known k;

	(void)state;
	assert_int_equal(read_text(&k, "a/b@four/glibc dies: brk u://1\n"
				       "a/c@*/glibc dies: * u://2\n"
				       "a/[de]@four/glibc dies u://3\n"),
		0);
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: brk", "fail"), "u://1");
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: brk", "broken"), "u://1");
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: brk", "pass"), "pass");
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: brk", "undeclared"),
		"undeclared");
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: brk", "skip"), "skip");
	assert_string_equal(
		judge(&k, "a/b@four/glibc", "dies: mmap", "fail"), "fail");
	assert_string_equal(
		judge(&k, "a/b@four/glibc2", "dies: brk", "fail"), "fail");
	assert_string_equal(
		judge(&k, "a/b@four/glib", "dies: brk", "fail"), "fail");
	assert_string_equal(
		judge(&k, "a/c@x+y/glibc", "dies: z", "fail"), "u://2");
	assert_string_equal(
		judge(&k, "a/e@four/glibc", "dies: z", "fail"), "u://3");
	/* No record says of itself that it is known. */
	assert_string_equal(judge(&k, "z", "dies: z", "known"), "broken");
	known_free(&k);
}

static void test_over(void **state)
{
	const struct line l = { .cell = "a/b@four/glibc" };
	struct known k;

	(void)state;
	assert_int_equal(read_text(&k, "a/*@four/glibc dies: * u://1\n"), 0);
	assert_false(known_is_over(&k.v[0]));
	judge(&k, "a/b@four/glibc", "works", "pass");
	assert_true(known_is_over(&k.v[0]));
	assert_ptr_equal(known_passes(&k, &l), &k.v[0]);
	judge(&k, "a/c@four/glibc", "dies: brk", "fail");
	assert_false(known_is_over(&k.v[0]));
	assert_null(known_passes(&k, &l));
	known_free(&k);
	assert_int_equal(read_text(&k, "a/*@four/glibc dies: * u://1\n"), 0);
	judge(&k, "a/b@four/glibc", "works", "pass");
	judge(&k, "a/c@four/glibc", "hangs", "fail");
	assert_false(known_is_over(&k.v[0]));
	known_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_judge),
		cmocka_unit_test(test_over),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
