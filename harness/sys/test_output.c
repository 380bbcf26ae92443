/* SPDX-License-Identifier: MIT */
/* test_output.c: files that are written whole, or stay as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/output.h"

static char dir[] = "/tmp/quartet-test-XXXXXX";

static int put(const char *path, const char *text)
{
	struct output o;

	assert_int_equal(output_open(&o, path, NULL), 0);
	fputs(text, o.f);
	return output_close(&o);
}

static void assert_text(const char *path, const char *want)
{
	char text[100] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(text, want);
}

static void assert_files(int want)
{
	DIR *d = opendir(".");
	int n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	assert_int_equal(n - 2, want);
}

static void test_files(void **state)
{
	struct stat st;

	(void)state;
	umask(027);
	assert_int_equal(put("new", "one\n"), 0);
	assert_text("new", "one\n");
	stat("new", &st);
	assert_int_equal(st.st_mode & 0777, 0640);
	/* What is there keeps its mode, and a link leads where it led. */
	chmod("new", 0604);
	assert_int_equal(symlink("new", "link"), 0);
	assert_int_equal(put("link", "two\n"), 0);
	assert_text("new", "two\n");
	lstat("link", &st);
	assert_true(S_ISLNK(st.st_mode));
	stat("new", &st);
	assert_int_equal(st.st_mode & 0777, 0604);
	assert_files(2);
}

static void test_others(void **state)
{
	char name[32];
	int fds[2];

	(void)state;
	assert_int_equal(put("/dev/full", "one\n"), -ENOSPC);
	assert_int_equal(put("/dev/null", "one\n"), 0);
	assert_int_equal(put("missing/new", "one\n"), -ENOENT);
	assert_int_equal(pipe(fds), 0);
	snprintf(name, sizeof(name), "/dev/fd/%d", fds[1]);
	assert_int_equal(put(name, "one\n"), 0);
	assert_int_equal(read(fds[0], name, sizeof(name)), 4);
	close(fds[0]);
	close(fds[1]);
}

/* A file that is open already, which was given by the name of that. */
static void test_open(void **state)
{
	char name[32];
	FILE *f = fopen("open", "w");

	(void)state;
	snprintf(name, sizeof(name), "/dev/fd/%d", fileno(f));
	assert_int_equal(put(name, "one\n"), 0);
	fclose(f);
	assert_text("open", "one\n");
	unlink("open");
}

static void test_otherwise(void **state)
{
	struct output o;
	FILE *f = fopen("/dev/full", "w");

	(void)state;
	assert_int_equal(output_open(&o, NULL, f), 0);
	assert_ptr_equal(o.f, f);
	fputs("one\n", o.f);
	assert_int_equal(output_close(&o), -ENOSPC);
	fclose(f);
}

/* Of a longer one that was there, nothing stays. */
static void test_shm(void **state)
{
	char name[] = "/dev/shm/quartet-output-XXXXXX";
	int fd = mkstemp(name);

	(void)state;
	if (fd < 0)
		skip();
	close(fd);
	assert_int_equal(put(name, "one and more\n"), 0);
	assert_int_equal(put(name, "two\n"), 0);
	assert_text(name, "two\n");
	unlink(name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_otherwise),
		cmocka_unit_test(test_shm),
	};
	int failed;

	if (!mkdtemp(dir) || chdir(dir))
		return 111;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink("new");
	unlink("link");
	if (chdir("/") || rmdir(dir))
		return 111;
	return failed;
}
