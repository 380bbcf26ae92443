/* SPDX-License-Identifier: MIT */
/* test_flavour.c: versions out of what libcs say, and when they are asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "probe/probe.h"
#include "suite/flavour.h"

static void test_version(void **state)
{
	static const struct {
		const char *text, *version;
	} rows[] = {
		{ "glibc 2.36\n", "2.36" },
		{ "ld.so (Debian GLIBC 2.36-9+deb12u10) stable release "
		  "version 2.36.\n",
			"2.36" },
		{ "ld.so (GNU libc) stable release version 2.41.\n", "2.41" },
		{ "Version 1.2.3\n", "1.2.3" },
		{ "x86_64 6 glibc 2.4", "2.4" },
		{ "no version", "" },
		{ "7", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char version[32] = "untouched";

		flavour_version(rows[i].text, version, sizeof(version));
		assert_string_equal(version, rows[i].version);
	}
}

static int load(const char *json, struct flavour *all, size_t max, size_t *n)
{
	char path[] = "/tmp/flavour-XXXXXX";
	int fd = mkstemp(path), ret;

	assert_true(fd >= 0);
	dprintf(fd, "%s", json);
	close(fd);
	ret = flavour_load(path, all, max, n);
	unlink(path);
	return ret;
}

static void test_ask(void **state)
{
	static const char json[] =
		"[{\"name\":\"a\",\"arch\":\"x86_64\",\"libc\":\"glibc\","
		"\"ask\":\"echo glibc 2.$QUARTET_TEST\"},"
		"{\"name\":\"b\",\"arch\":\"x86\",\"libc\":\"musl\","
		"\"version\":\"1.2.3\"},"
		"{\"name\":\"c\",\"arch\":\"x86\",\"libc\":\"glibc\","
		"\"ask\":\"/no/such/loader --version\"}]";
	struct flavour all[3];
	size_t n;

	(void)state;
	setenv("QUARTET_TEST", "77", 1);
	assert_int_equal(load(json, all, 3, &n), 0);
	assert_int_equal(n, 3);
	assert_string_equal(all[0].version, "2.77");
	assert_int_equal(all[0].libc, GLIBC(2, 77));
	assert_int_equal(all[1].libc, MUSL(1, 2, 3));
	assert_string_equal(all[2].version, "");
	setenv("QUARTET_TEST", "78", 1);
	assert_int_equal(load(json, all, 3, &n), 0);
	assert_int_equal(all[0].libc, GLIBC(2, 78));
}

static void test_bad(void **state)
{
	struct flavour all[1];
	size_t n;

	(void)state;
	assert_true(load("[{\"name\":\"a\"}]", all, 1, &n) < 0);
	assert_int_equal(n, 0);
	assert_true(load("[", all, 1, &n) < 0);
	assert_true(load("[{\"name\":\"a\",\"arch\":\"x86\",\"libc\":\"none\"},"
			 "{\"name\":\"b\",\"arch\":\"x86\",\"libc\":\"none\"}]",
			    all, 1, &n) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_ask),
		cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
