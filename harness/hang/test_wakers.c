/* SPDX-License-Identifier: MIT */
/* test_wakers.c: calls in which a thread sleeps, and who could wake it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>

#include "hang/wakers.h"

#define PRIVATE FUTEX_PRIVATE_FLAG

static void assert_inside(const struct hang_facts *facts,
	const struct hang_sleep *s, enum hang_answer answer,
	const char *waits_for, const char *reason)
{
	char waits[WAITS_FOR] = "", why[200] = "";
	struct waker w = {
		.facts = facts, .tid = 5, .s = s, .why = why, .size = 200
	};

	assert_int_equal(wakers_inside(&w, waits), answer);
	assert_string_equal(waits, waits_for);
	assert_string_equal(why, reason);
}

static const struct hang_facts none, signals = { .signals_come = true };

/* futex(2): which operations wait, and which argument is the time-out. */
static void test_futex(void **state)
{
	static const struct {
		unsigned op;
		uint64_t timeout;
		enum hang_answer answer;
		const char *waits_for, *why;
	} rows[] = {
		{ FUTEX_WAIT | PRIVATE, 0, HANG_YES,
			"futex 0x10, private, no time-out", "" },
		{ FUTEX_WAIT_BITSET | PRIVATE | FUTEX_CLOCK_REALTIME, 0,
			HANG_YES, "futex 0x10, private, no time-out", "" },
		{ FUTEX_WAIT_REQUEUE_PI | PRIVATE, 0, HANG_YES,
			"futex 0x10, private, no time-out", "" },
		{ FUTEX_LOCK_PI | PRIVATE, 0, HANG_YES,
			"PI futex 0x10, private, no time-out", "" },
		{ 13 | PRIVATE, 0, HANG_YES,
			"PI futex 0x10, private, no time-out", "" },
		{ FUTEX_WAIT | PRIVATE, 0x7000, HANG_NO,
			"futex 0x10, private, with a time-out",
			"thread 5 waits with a time-out" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct hang_sleep s = { .call = "futex",
			.args = { 0x10, rows[i].op, 0, rows[i].timeout } };

		assert_inside(&none, &s, rows[i].answer, rows[i].waits_for,
			rows[i].why);
		assert_int_equal(wakers_object(&s), WAKERS_NOTHING);
	}
}

static void test_shared_word(void **state)
{
	static const char waits[] = "futex 0x10, shared, no time-out";
	static const struct {
		struct hang_object on;
		enum hang_answer answer;
		const char *why;
	} rows[] = {
		{ { .found = HANG_UNKNOWN }, HANG_UNKNOWN,
			"the maps of thread 5 cannot be read" },
		{ { .found = HANG_NO }, HANG_NO,
			"thread 5 waits on unmapped memory" },
		{ { .found = HANG_YES, .own = true, .outside = HANG_UNKNOWN },
			HANG_YES, "" },
		{ { .found = HANG_YES, .runners = true }, HANG_NO,
			"thread 5 waits on the runner's own page" },
		{ { .found = HANG_YES, .outside = HANG_NO }, HANG_YES, "" },
		{ { .found = HANG_YES, .outside = HANG_YES, .outsider = 7 },
			HANG_NO,
			"thread 5 waits on memory that process 7, outside, "
			"maps too" },
		{ { .found = HANG_YES, .outside = HANG_UNKNOWN, .outsider = 7 },
			HANG_UNKNOWN,
			"thread 5 waits on shared memory, and the maps of "
			"process 7 cannot be read" },
		{ { .found = HANG_YES, .outside = HANG_UNKNOWN }, HANG_UNKNOWN,
			"who shares what thread 5 waits on cannot be known: "
			"/proc cannot be read" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct hang_sleep s = { .call = "futex_time64",
			.args = { 0x10, FUTEX_WAIT },
			.on = rows[i].on };

		assert_inside(&none, &s, rows[i].answer, waits, rows[i].why);
		assert_int_equal(wakers_object(&s), WAKERS_WORD);
		s.args[3] = 1;
		assert_int_equal(wakers_object(&s), WAKERS_NOTHING);
	}
}

static void test_pipe(void **state)
{
	static const char waits[] = "read on pipe 77, descriptor 3";
	struct hang_sleep s = { .call = "read", .args = { 3 } };

	(void)state;
	assert_int_equal(wakers_object(&s), WAKERS_PIPE);
	assert_inside(&none, &s, HANG_NO, "read on descriptor 3",
		"thread 5 waits on descriptor 3, which is no pipe");
	s.on.found = HANG_YES;
	s.on.inode = 77;
	assert_inside(&none, &s, HANG_YES, waits, "");
	s.on.named = true;
	assert_inside(&none, &s, HANG_NO, waits,
		"thread 5 waits on a FIFO that has a name: anybody may open "
		"it");
	s.on.named = false;
	s.on.outside = HANG_YES;
	s.on.outsider = 8;
	assert_inside(&none, &s, HANG_NO, waits,
		"thread 5 waits on a pipe that process 8, outside, holds");
	s.on.outside = HANG_UNKNOWN;
	assert_inside(&none, &s, HANG_UNKNOWN, waits,
		"thread 5 waits on a pipe, and the descriptors of process 8 "
		"cannot be read");
	s.on.sent = true;
	assert_inside(&none, &s, HANG_UNKNOWN, waits,
		"what thread 5 waits on may have been sent to process 8, which "
		"has not received it yet");
}

static void test_signals(void **state)
{
	struct hang_sleep s = { .call = "pause", .args = { 0, 0, 1 } };

	(void)state;
	assert_inside(&none, &s, HANG_YES, "a signal, no time-out", "");
	assert_inside(&signals, &s, HANG_NO, "a signal, no time-out",
		"thread 5 waits for a signal from outside");
	/* sigtimedwait(2): the third argument. */
	snprintf(s.call, sizeof(s.call), "rt_sigtimedwait");
	assert_inside(&none, &s, HANG_NO, "a signal, with a time-out",
		"thread 5 waits with a time-out");
	s.args[2] = 0;
	assert_inside(&none, &s, HANG_YES, "a signal, no time-out", "");
}

static void test_time(void **state)
{
	struct hang_sleep s = { .call = "clock_nanosleep" };

	(void)state;
	assert_inside(&none, &s, HANG_NO, "time to pass",
		"thread 5 waits for time to pass");
	/* What it goes on with had a time-out. */
	snprintf(s.call, sizeof(s.call), "restart_syscall");
	assert_inside(&none, &s, HANG_NO, "time to pass",
		"thread 5 waits for time to pass");
}

/* Which argument is the time-out, and what means none: poll(2), select(2),
 * epoll_wait(2). */
static void test_poll(void **state)
{
	static const struct {
		const char *call;
		int at;
		uint64_t none, some;
	} rows[] = {
		{ "poll", 2, (uint32_t)-1, 0 },
		{ "ppoll", 2, 0, 0x7000 },
		{ "select", 4, 0, 0x7000 },
		{ "pselect6_time64", 4, 0, 0x7000 },
		{ "epoll_wait", 3, (uint32_t)-1, 5 },
		{ "epoll_pwait", 3, (uint32_t)-1, 5 },
		{ "epoll_pwait2", 3, 0, 0x7000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct hang_sleep s = { .args = { 9, 9, 9, 9, 9, 9 } };
		char waits[99], why[99];

		snprintf(s.call, sizeof(s.call), "%s", rows[i].call);
		s.args[rows[i].at] = rows[i].none;
		snprintf(waits, sizeof(waits), "%s returning", s.call);
		snprintf(why, sizeof(why),
			"who could wake thread 5 from %s is not known", s.call);
		assert_inside(&none, &s, HANG_UNKNOWN, waits, why);
		s.args[rows[i].at] = rows[i].some;
		snprintf(waits, sizeof(waits), "%s returning, or time to pass",
			s.call);
		assert_inside(&none, &s, HANG_NO, waits,
			"thread 5 waits with a time-out");
	}
}

static void test_children_and_others(void **state)
{
	struct hang_sleep s = { .call = "wait4" };

	(void)state;
	assert_inside(&none, &s, HANG_YES, "the end of a child", "");
	snprintf(s.call, sizeof(s.call), "flock");
	assert_inside(&none, &s, HANG_UNKNOWN, "flock returning",
		"who could wake thread 5 from flock is not known");
	s.call[0] = '\0';
	assert_inside(&none, &s, HANG_UNKNOWN, "something returning",
		"who could wake thread 5 from where it sleeps is not known");
	assert_int_equal(wakers_object(&s), WAKERS_NOTHING);
}

/* Whose wait time itself ends. */
static void test_timed(void **state)
{
	static const struct {
		struct hang_sleep s;
		bool timed;
	} rows[] = {
		{ { .call = "futex", .args = { 1, FUTEX_WAIT } }, false },
		{ { .call = "futex", .args = { 1, FUTEX_WAIT, 0, 9 } }, true },
		{ { .call = "poll", .args = { 1, 1, UINT32_MAX } }, false },
		{ { .call = "poll", .args = { 1, 1, 0 } }, true },
		{ { .call = "ppoll", .args = { 1, 1, 0 } }, false },
		{ { .call = "epoll_wait", .args = { 1, 1, 1, UINT32_MAX } },
			false },
		{ { .call = "epoll_wait", .args = { 1, 1, 1, 5 } }, true },
		{ { .call = "pselect6", .args = { 1, 1, 0, 0, 9 } }, true },
		{ { .call = "select", .args = { 1, 1 } }, false },
		{ { .call = "rt_sigtimedwait", .args = { 1, 0, 9 } }, true },
		{ { .call = "pause" }, false },
		{ { .call = "nanosleep" }, true },
		{ { .call = "read" }, false },
		{ { .call = "accept4" }, false },
		{ { .call = "" }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(wakers_timed(&rows[i].s), rows[i].timed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_futex),
		cmocka_unit_test(test_shared_word),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_poll),
		cmocka_unit_test(test_timed),
		cmocka_unit_test(test_children_and_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
