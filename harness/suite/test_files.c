/* SPDX-License-Identifier: MIT */
/* test_files.c: the files in which the lines of cells are kept. */
#include "suite/test_record.h"

static char root[] = "/tmp/quartet-test-record-XXXXXX";

static struct suite suite;

static struct cell cells[3];

static int set_up(void **state)
{
	(void)state;
	cells[0] = cell_named("a/c@four/glibc");
	cells[1] = cell_named("a/a@four/glibc");
	cells[2] = cell_named("a/b@four/glibc");
	suite.cells = cells;
	suite.ncells = 3;
	return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

static void open_run(struct record *r, bool resume)
{
	static char *argv[] = { "quartet", "run", NULL };

	if (resume) {
		assert_int_equal(record_newest(r, root), 0);
		assert_int_equal(record_go_on(r), 0);
	} else {
		assert_int_equal(record_open(r, root, &suite, 2, argv), 0);
	}
}

static void add(struct record *r, const char *line)
{
	assert_int_equal(record_add(r, line, strlen(line)), 0);
}

static int count(const struct line *l, void *n)
{
	assert_non_null(l->cell);
	return ++*(int *)n == 100 ? 7 : 0;
}

static int count_records(const char *dir)
{
	int n = 0;

	assert_int_equal(record_each(dir, NULL, count, &n), 0);
	return n;
}

static void test_files(void **state)
{
	char path[400], first[300], real[4096];
	struct record r;
	json_t *about;
	struct stat st;
	int n = 99;

	(void)state;
	open_run(&r, false);
	snprintf(first, sizeof(first), "%s", r.dir);
	add(&r, "{\"cell\":\"a/a@four/glibc\"}\n");
	add(&r, "{\"cell\":\"a/b@four/glibc\"}\n");
	record_close(&r);
	assert_int_equal(count_records(first), 2);
	/* Where the reader says stop, it is. */
	assert_int_equal(record_each(first, NULL, count, &n), 7);
	assert_int_equal(n, 100);
	snprintf(path, sizeof(path), "%s/run.json", first);
	about = json_load_file(path, 0, NULL);
	assert_value(about, "args", "[\"quartet\",\"run\"]");
	assert_value(about, "cells", "3");
	json_decref(about);
	snprintf(path, sizeof(path), "%s/latest", root);
	assert_non_null(realpath(path, real));
	assert_string_equal(real, first);
	/* The next run has its own folder, and is the newest. */
	open_run(&r, false);
	record_close(&r);
	assert_string_not_equal(r.dir, first);
	assert_non_null(realpath(path, real));
	assert_string_equal(real, r.dir);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(count_records(r.dir), 0);
	assert_int_equal(count_records(first), 2);
}

static void test_resume(void **state)
{
	struct record r, again;
	char *done;

	(void)state;
	open_run(&r, false);
	add(&r, "{\"cell\":\"a/b@four/glibc\"}\n");
	add(&r, "{\"cell\":\"a/strange@four/glibc\"}\n");
	/* Killed in the middle of a line: readers leave it out. */
	add(&r, "{\"cell\":\"a/a@fo");
	record_close(&r);
	assert_int_equal(count_records(r.dir), 2);
	open_run(&again, true);
	assert_string_equal(again.dir, r.dir);
	assert_int_equal(record_find_done(again.dir, &suite, &done), 0);
	assert_int_equal(done[0], 0);
	assert_int_equal(done[1], 0);
	assert_int_equal(done[2], 1);
	free(done);
	add(&again, "{\"cell\":\"a/a@four/glibc\"}\n");
	record_close(&again);
	assert_int_equal(count_records(r.dir), 3);
	assert_int_equal(record_find_done(r.dir, &suite, &done), 0);
	assert_int_equal(done[0], 0);
	assert_int_equal(done[1], 1);
	free(done);
}

/* Each record of a cell that is asked for many times is one of them. */
static void test_resume_repeated(void **state)
{
	struct cell many[4];
	struct suite twice = { .cells = many, .ncells = 4 };
	struct record r;
	char *done;

	(void)state;
	many[0] = many[2] = cells[0];
	many[1] = many[3] = cells[1];
	open_run(&r, false);
	for (int i = 0; i < 3; i++)
		add(&r, "{\"cell\":\"a/a@four/glibc\"}\n");
	add(&r, "{\"cell\":\"a/c@four/glibc\"}\n");
	record_close(&r);
	assert_int_equal(record_find_done(r.dir, &twice, &done), 0);
	assert_int_equal(done[0], 1);
	assert_int_equal(done[2], 0);
	assert_int_equal(done[1] + done[3], 2);
	free(done);
}

/* By verdict; a word that is none is no evidence, what has no line is missing.
 */
static void test_totals(void **state)
{
	size_t verdicts[VERDICT_MISSING + 1];
	struct record r;

	(void)state;
	open_run(&r, false);
	add(&r, "{\"cell\":\"a/a@four/glibc\",\"verdict\":\"pass\"}\n");
	add(&r, "{\"cell\":\"a/b@four/glibc\",\"verdict\":\"so so\"}\n");
	record_close(&r);
	assert_int_equal(record_totals(r.dir, verdicts), 0);
	assert_int_equal(verdicts[VERDICT_PASS], 1);
	assert_int_equal(verdicts[VERDICT_FAIL], 0);
	assert_int_equal(verdicts[VERDICT_BROKEN], 1);
	assert_int_equal(verdicts[VERDICT_MISSING], 1);
}

/* A run is gone on with by the same tool on the same cells alone. */
static void test_about(void **state)
{
	static char *argv[] = { "run", NULL };
	json_t *then = about_make(&suite, 1, argv), *now;
	char why[200];

	(void)state;
	now = about_make(&suite, 1, argv);
	assert_true(about_same(then, now, why, sizeof(why)));
	json_object_set_new(now, "kernel", json_string("7.2"));
	assert_false(about_same(then, now, why, sizeof(why)));
	assert_non_null(strstr(why, "\"kernel\" was "));
	assert_non_null(strstr(why, " and is \"7.2\""));
	json_decref(now);
	/* The same number of others. */
	suite.cells[0] = cell_named("a/d@four/glibc");
	now = about_make(&suite, 1, argv);
	suite.cells[0] = cell_named("a/c@four/glibc");
	assert_false(about_same(then, now, why, sizeof(why)));
	assert_non_null(strstr(why, "cells_hash"));
	json_decref(now);
	json_decref(then);
}

static int spell(const struct line *l, void *names)
{
	strcat(names, l->cell);
	strcat(names, ":");
	strcat(names, l->text);
	strcat(names, " ");
	return 0;
}

/* A baseline's lines stand for many cells. */
static void test_baseline(void **state)
{
	char names[500] = "";
	struct record r;

	(void)state;
	open_run(&r, false);
	add(&r, "{\"probe\":\"a/b\",\"text\":\"works\",\"cells\":"
		"\"four+x/glibc,musl,raw+uml three/raw\"}\n"
		"{\"probe\":\"a/c\",\"text\":\"dies\",\"cells\":\"x/y\"}\n"
		"{\"probe\":\"a/d\",\"text\":\"odd\",\"cells\":\" , / x\"}\n");
	record_close(&r);
	assert_int_equal(record_each(r.dir, NULL, spell, names), 0);
	assert_non_null(strstr(names, "a/b@four+x/glibc:works "
				      "a/b@four+x/musl:works "
				      "a/b@four+x/raw+uml:works "
				      "a/b@three/raw:works a/c@x/y:dies "));
}

static void test_no_record(void **state)
{
	struct record r;
	int n = 0;

	(void)state;
	open_run(&r, false);
	add(&r, "{\"cell\":\"a/a@four/glibc\"}\n[]\n");
	record_close(&r);
	assert_int_equal(record_each(r.dir, NULL, count, &n), -EINVAL);
	assert_int_equal(n, 1);
	assert_int_equal(record_each("/nonexistent", NULL, count, &n), -ENOENT);
}

/* What did not fit is cut away: a reader sees whole lines. */
static void test_short_write(void **state)
{
	struct rlimit old, small = { 40, RLIM_INFINITY };
	char line[] = "{\"cell\":\"a/a@four/glibc\"}\n";
	struct record r;
	int ret;

	(void)state;
	open_run(&r, false);
	add(&r, line);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	ret = record_add(&r, line, strlen(line));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(ret, -ENOSPC);
	assert_int_equal(lseek(r.fd, 0, SEEK_END), strlen(line));
	record_close(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_resume),
		cmocka_unit_test(test_resume_repeated),
		cmocka_unit_test(test_totals),
		cmocka_unit_test(test_about),
		cmocka_unit_test(test_baseline),
		cmocka_unit_test(test_no_record),
		cmocka_unit_test(test_short_write),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
