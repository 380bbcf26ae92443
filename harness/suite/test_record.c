/* SPDX-License-Identifier: MIT */
/* test_record.c: the line of a cell, and the files in which lines are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/about.h"
#include "suite/kernel.h"
#include "suite/record.h"
#include "sys/arch.h"

static struct declaration declaration = { .name = "exit/return" };
static const struct flavour glibc = { .name = "glibc" };
static const struct built four = { .profile = "four" };

static struct cell cell_named(const char *name)
{
	struct cell c = {
		.d = &declaration,
		.flavour = &glibc,
		.built = &four,
		.kernel = &kernel_host,
	};

	snprintf(c.name, sizeof(c.name), "%s", name);
	return c;
}

static json_t *record(const struct evidence *ev, const struct judged *seen,
	enum verdict verdict, const struct expect *row)
{
	struct cell c = cell_named("exit/return@four/glibc");
	char *line = record_cell(&c, ev, seen, verdict, row, "works");
	json_t *o = json_loads(line, 0, NULL);

	assert_non_null(o);
	assert_null(strchr(line, '\n'));
	free(line);
	return o;
}

/* The value at KEY, as JSON; "" where there is none. */
static void assert_value(const json_t *o, const char *key, const char *want)
{
	const json_t *v = json_object_get(o, key);
	char *text = v ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY |
					       JSON_SORT_KEYS)
		       : strdup("");

	assert_string_equal(text, want);
	free(text);
}

static struct refusal refusal_of(const char *call, int nr)
{
	struct refusal r = { .tid = 12,
		.thread = 1,
		.arch = ARCH_NATIVE,
		.nr = nr,
		.ip = 0xabc };

	snprintf(r.call, sizeof(r.call), "%s", call);
	r.args[0] = 7;
	r.nframes = 3;
	snprintf(r.frames[0].function, 64, "_exit");
	snprintf(r.frames[0].module, 48, "libc.so.6");
	snprintf(r.frames[1].function, 64, "main");
	snprintf(r.frames[1].file, 64, "return.c");
	r.frames[1].line = 9;
	r.frames[2].ip = 0x10;
	return r;
}

static void test_works(void **state)
{
	struct evidence ev = { .ended = true, .us = 1500 };
	struct judged seen = { .outcome = OUT_WORKS, .text = "works" };
	json_t *o = record(&ev, &seen, VERDICT_PASS, NULL);

	(void)state;
	assert_value(o, "v", "1");
	assert_value(o, "cell", "\"exit/return@four/glibc\"");
	assert_value(o, "probe", "\"exit/return\"");
	assert_value(o, "profile", "\"four\"");
	assert_value(o, "flavour", "\"glibc\"");
	assert_value(o, "kernel", "\"host\"");
	assert_value(o, "outcome", "\"works\"");
	assert_value(o, "verdict", "\"pass\"");
	assert_value(o, "status", "0");
	assert_value(o, "ms", "1.5");
	assert_int_equal(json_object_size(o), 11);
	json_decref(o);
}

static void test_death(void **state)
{
	const struct expect row = { .why = "because" };
	struct evidence ev = { .ended = true, .wait_status = SIGSYS };
	struct judged seen = { .outcome = OUT_DIES,
		.text = "dies: exit_group" };
	json_t *o, *more;

	(void)state;
	ev.refusals[0] = refusal_of("rseq", 334);
	ev.refusals[0].end = REFUSAL_THREAD;
	ev.refusals[1] = refusal_of("exit_group", 231);
	ev.refusals[1].end = REFUSAL_PROCESS;
	ev.nrefusals = ev.nrefused = 2;
	o = record(&ev, &seen, VERDICT_FAIL, &row);
	assert_value(o, "signal", "31");
	assert_value(o, "status", "");
	assert_value(o, "call", "\"rseq\"");
	assert_value(o, "nr", "334");
	assert_value(o, "thread", "1");
	assert_value(o, "tid", "12");
	assert_value(o, "ip", "\"0xabc\"");
	assert_value(
		o, "args", "[\"0x7\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"]");
	assert_value(o, "stack",
		"[\"_exit (libc.so.6)\",\"main return.c:9\",\"0x10 ()\"]");
	assert_value(o, "process_lived", "true");
	assert_value(o, "why", "\"because\"");
	assert_value(o, "want", "\"works\"");
	assert_value(o, "verdict", "\"fail\"");
	more = json_object_get(o, "more");
	assert_int_equal(json_array_size(more), 1);
	assert_value(json_array_get(more, 0), "call", "\"exit_group\"");
	assert_value(json_array_get(more, 0), "process_lived", "");
	json_decref(o);
}

static void test_failure(void **state)
{
	struct evidence ev = { .ended = true, .line = 33, .nvalues = 2 };
	struct judged seen = { .outcome = OUT_FAILS, .num = EPERM };
	json_t *o;

	(void)state;
	ev.values[0] = -1;
	ev.values[1] = 1L << 40;
	snprintf(ev.effect, sizeof(ev.effect), "file x");
	o = record(&ev, &seen, VERDICT_PASS, NULL);
	assert_value(o, "errno", "1");
	assert_value(o, "line", "33");
	assert_value(o, "values", "[-1,1099511627776]");
	assert_value(o, "effect", "\"file x\"");
	assert_value(o, "want", "");
	json_decref(o);
}

static void test_crash(void **state)
{
	struct evidence ev = { .ended = true, .wait_status = SIGSEGV };
	struct judged seen = { .outcome = OUT_CRASHES, .num = SIGSEGV };
	json_t *o;

	(void)state;
	ev.crash_ip = 0x1234;
	ev.crash_addr = 0x8;
	o = record(&ev, &seen, VERDICT_PASS, NULL);
	assert_value(o, "ip", "\"0x1234\"");
	assert_value(o, "address", "\"0x8\"");
	assert_value(o, "signal", "11");
	json_decref(o);
}

static void test_hang(void **state)
{
	struct evidence ev = { .hung = true };
	struct judged seen = { .outcome = OUT_HANGS };
	struct thread_state *s = ev.hang.threads;
	json_t *o, *threads, *t;

	(void)state;
	ev.hang.proven = true;
	ev.hang.nthreads = 2;
	snprintf(ev.hang.reason, sizeof(ev.hang.reason), "nobody");
	s[0] = (struct thread_state){ .pid = 1, .tid = 2, .state = 'S' };
	s[0].nr = 202;
	snprintf(s[0].call, sizeof(s[0].call), "futex");
	/* From a strange program: no UTF-8. */
	snprintf(s[0].wchan, sizeof(s[0].wchan), "\xff");
	s[1] = (struct thread_state){ .tid = 3, .state = 'Z', .nr = -1 };
	snprintf(s[1].call, sizeof(s[1].call), "none");
	o = record(&ev, &seen, VERDICT_PASS, NULL);
	assert_value(o, "proven", "true");
	assert_value(o, "reason", "\"nobody\"");
	/* It did not end: it has neither status nor signal. */
	assert_value(o, "status", "");
	assert_value(o, "signal", "");
	threads = json_object_get(o, "threads");
	assert_int_equal(json_array_size(threads), 2);
	t = json_array_get(threads, 0);
	assert_value(t, "pid", "1");
	assert_value(t, "tid", "2");
	assert_value(t, "state", "\"S\"");
	assert_value(t, "call", "\"futex\"");
	assert_value(t, "wchan", "\"?\"");
	assert_value(json_array_get(threads, 1), "call", "");
	assert_value(json_array_get(threads, 1), "state", "\"Z\"");
	json_decref(o);
}

static void test_reason(void **state)
{
	struct cell c = cell_named("a/b@four/glibc");
	char *line = record_reason(&c, VERDICT_SKIP, "no gcc");
	json_t *o = json_loads(line, 0, NULL);

	(void)state;
	assert_value(o, "outcome", "\"skip\"");
	assert_value(o, "verdict", "\"skip\"");
	assert_value(o, "text", "\"no gcc\"");
	json_decref(o);
	free(line);
	line = record_reason(&c, VERDICT_BROKEN, "lost");
	o = json_loads(line, 0, NULL);
	assert_value(o, "outcome", "\"broken\"");
	assert_value(o, "verdict", "\"broken\"");
	json_decref(o);
	free(line);
}

/* The files. */

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

static int count(json_t *o, void *n)
{
	assert_true(json_is_object(o));
	return ++*(int *)n == 100 ? 7 : 0;
}

static int count_records(const char *dir)
{
	int n = 0;

	assert_int_equal(record_each(dir, count, &n), 0);
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
	assert_int_equal(record_each(first, count, &n), 7);
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

static void test_no_record(void **state)
{
	struct record r;
	int n = 0;

	(void)state;
	open_run(&r, false);
	add(&r, "{\"cell\":\"a/a@four/glibc\"}\n[]\n");
	record_close(&r);
	assert_int_equal(record_each(r.dir, count, &n), -EINVAL);
	assert_int_equal(n, 1);
	assert_int_equal(record_each("/nonexistent", count, &n), -ENOENT);
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
		cmocka_unit_test(test_works),
		cmocka_unit_test(test_death),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_reason),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_resume),
		cmocka_unit_test(test_resume_repeated),
		cmocka_unit_test(test_totals),
		cmocka_unit_test(test_about),
		cmocka_unit_test(test_no_record),
		cmocka_unit_test(test_short_write),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
