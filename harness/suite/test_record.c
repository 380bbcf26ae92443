/* SPDX-License-Identifier: MIT */
/* test_record.c: the line of a cell, and the files in which lines are kept. */
#include "suite/test_record.h"

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
	snprintf(r.frames[0].shown, 64, "_exit");
	snprintf(r.frames[0].module, 48, "libc.so.6");
	snprintf(r.frames[1].shown, 64, "main");
	snprintf(r.frames[1].file, 64, "return.c");
	r.frames[1].line = 9;
	r.frames[2].at = 0x1139;
	snprintf(r.frames[2].module, 48, "return");
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
		"[\"_exit (libc.so.6)\",\"main "
		"return.c:9\",\"return+0x1139\"]");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_works),
		cmocka_unit_test(test_death),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
