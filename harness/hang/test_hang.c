/* SPDX-License-Identifier: MIT */
/* test_hang.c: written thread states; a proof, and each premise taken away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>

#include "hang/hang.h"

#define MAIN   100
#define WORKER 101
#define CHILD  200

static const pid_t pids[] = { MAIN, CHILD };
static struct hang_facts facts;
static struct hang_look look;
static struct hang hang;

static void add(pid_t pid, pid_t tid, char state)
{
	struct hang_sleep *s = &look.sleeps[look.first.n];

	look.first.v[look.first.n++] = (struct hang_thread){
		.pid = pid, .tid = tid, .state = state, .switches = 7
	};
	*s = (struct hang_sleep){ .nr = 202, .call = "futex" };
	s->args[0] = 0x1000;
	s->args[1] = FUTEX_WAIT | FUTEX_PRIVATE_FLAG;
}

/* Two threads of one process and one of its child, in futex waits that only
 * they can end. */
static void set_up(void)
{
	facts = (struct hang_facts){
		.pids = pids, .npids = 2, .timers_impossible = true
	};
	memset(&look, 0, sizeof(look));
	memset(&hang, 0, sizeof(hang));
	look.facts = &facts;
	look.timer = HANG_NO;
	add(MAIN, MAIN, 'S');
	add(MAIN, WORKER, 'S');
	add(CHILD, CHILD, 'S');
	for (int i = 0; i < look.first.n; i++)
		look.first.v[i].filtered = true;
	look.second = look.first;
}

static void assert_proven(const char *reason)
{
	hang_premise *lacks = hang_missing(&look, &hang);

	if (lacks)
		print_error("missing: %s\n", hang.reason);
	assert_null(lacks);
	assert_string_equal(hang.reason, reason);
}

/* What is missing is LACKS, for the thread I where it is one's. */
static void assert_missing(
	hang_premise *lacks, int i, enum hang_answer answer, const char *reason)
{
	char why[240];

	assert_ptr_equal(hang_missing(&look, &hang), lacks);
	assert_string_equal(hang.reason, reason);
	assert_int_equal(lacks(&look, i, why, sizeof(why)), answer);
	assert_string_equal(why, reason);
}

static void test_proof(void **state)
{
	(void)state;
	set_up();
	assert_proven("3 threads sleep at once without time-out, only they "
		      "could wake each other, and no timer can fire");
	assert_int_equal(hang.nthreads, 3);
	assert_int_equal(hang.unshown, 0);
	assert_string_equal(hang.threads[1].waits_for,
		"futex 0x1000, private, no time-out");
	assert_int_equal(hang.threads[1].tid, WORKER);
	assert_int_equal(hang.threads[2].pid, CHILD);
}

static void test_one_thread(void **state)
{
	(void)state;
	set_up();
	look.first.n = look.second.n = 1;
	assert_proven("its only thread sleeps without time-out, nobody but "
		      "itself could wake it, and no timer can fire");
	/* A zombie leader beside it counts as dead. */
	look.first.n = look.second.n = 2;
	look.first.v[0].state = look.second.v[0].state = 'Z';
	assert_proven("the only living thread sleeps without time-out, nobody "
		      "but itself could wake it, and no timer can fire");
	assert_string_equal(
		hang.threads[0].waits_for, "nothing: it is a zombie leader");
}

static void test_awake(void **state)
{
	static const struct {
		char state;
		const char *reason;
	} rows[] = {
		{ 'R', "thread 101 runs" },
		{ 't', "thread 101 is held by its tracer" },
		{ 'D', "thread 101 does not sleep (D)" },
		{ '?', "thread 101 does not sleep (?)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		set_up();
		look.first.v[1].state = rows[i].state;
		assert_missing(hang_sleeps, 1, HANG_NO, rows[i].reason);
	}
}

static void test_stopped(void **state)
{
	static const char text[] =
		"3 threads sleep at once without time-out or are stopped, only "
		"they could wake each other, nobody of it is left to send "
		"SIGCONT, and no timer can fire";

	(void)state;
	set_up();
	look.first.v[2].state = look.second.v[2].state = 'T';
	assert_proven(text);
	assert_string_equal(hang.threads[2].waits_for, "SIGCONT");
	/* Somebody outside may send one. */
	facts.signals_come = true;
	assert_missing(hang_sleeps, 2, HANG_NO,
		"thread 200 is stopped: SIGCONT continues it");
	facts.stays_stopped = true;
	assert_proven(text);
	/* A 't' is one that a signal stopped only where the caller traces. */
	look.first.v[2].state = look.second.v[2].state = 't';
	assert_missing(
		hang_sleeps, 2, HANG_NO, "thread 200 is held by its tracer");
	facts.traced = true;
	assert_proven(text);
}

static void test_waker_outside(void **state)
{
	struct hang_object *on = &look.sleeps[1].on;

	(void)state;
	set_up();
	look.sleeps[1].args[1] = FUTEX_WAIT;
	on->found = HANG_YES;
	on->outside = HANG_NO;
	assert_proven("3 threads sleep at once without time-out, only they "
		      "could wake each other, and no timer can fire");
	on->outside = HANG_YES;
	on->outsider = 9;
	assert_missing(hang_no_waker, 1, HANG_NO,
		"thread 101 waits on memory that process 9, outside, maps too");
	on->outside = HANG_UNKNOWN;
	assert_missing(hang_no_waker, 1, HANG_UNKNOWN,
		"thread 101 waits on shared memory, and the maps of process 9 "
		"cannot be read");
}

static void test_signal(void **state)
{
	(void)state;
	set_up();
	look.first.v[1].deliverable = 1;
	assert_missing(
		hang_no_signal, 1, HANG_NO, "a signal waits for thread 101");
	/* It does not wake who is stopped or dead. */
	look.first.v[1].state = look.second.v[1].state = 'Z';
	assert_null(hang_missing(&look, &hang));
}

static void test_not_all_read(void **state)
{
	(void)state;
	set_up();
	facts.unlisted = true;
	assert_missing(hang_all_read, 0, HANG_UNKNOWN,
		"it may have more than 2 processes: not all were looked at");
	facts.unlisted = false;
	look.first.left = HANG_READ_FULL;
	assert_missing(hang_all_read, 0, HANG_UNKNOWN,
		"it has more than 4096 threads: not all were looked at");
	look.first.left = HANG_READ_CLOSED;
	assert_missing(hang_all_read, 0, HANG_UNKNOWN,
		"the states of some of its threads cannot be read");
	look.first.left = HANG_READ_GONE;
	assert_missing(hang_all_read, 0, HANG_NO, "some thread ran meanwhile");
}

static void test_timers(void **state)
{
	(void)state;
	set_up();
	look.timer = HANG_YES;
	look.timer_pid = CHILD;
	assert_missing(hang_no_timer, 0, HANG_NO, "process 200 has a timer");
	look.timer = HANG_UNKNOWN;
	assert_missing(hang_no_timer, 0, HANG_UNKNOWN,
		"the timers of process 200 cannot be seen: one may wake it");
	/* What is overlooked are the timers that no kernel shows. */
	facts.overlook_itimers = true;
	assert_missing(hang_no_timer, 0, HANG_UNKNOWN,
		"the timers of process 200 cannot be seen: one may wake it");
}

static void test_itimers(void **state)
{
	(void)state;
	set_up();
	look.first.v[1].filtered = false;
	assert_missing(hang_no_itimer, 0, HANG_UNKNOWN,
		"thread 101 has no filter: it may have set a timer");
	look.first.v[1].state = look.second.v[1].state = 'Z';
	assert_null(hang_missing(&look, &hang));

	set_up();
	facts.timers_impossible = false;
	assert_missing(hang_no_itimer, 0, HANG_UNKNOWN,
		"an interval timer may run: the kernel does not show them");
	facts.overlook_itimers = true;
	assert_proven("3 threads sleep at once without time-out, only they "
		      "could wake each other, and no timer is seen, as an "
		      "alarm(2) would not be");
	look.first.v[2].catches_alarm = true;
	assert_missing(hang_no_itimer, 0, HANG_UNKNOWN,
		"process 200 catches SIGALRM: a timer of its own, which the "
		"kernel does not show, may wake it");
}

/* Where the processes themselves can be asked, what they say counts; who had to
 * tell was awake for it, and nobody else. */
static void test_asked(void **state)
{
	(void)state;
	set_up();
	facts.timers_impossible = false;
	look.itimers_asked = true;
	look.no_itimer = HANG_YES;
	assert_proven("3 threads sleep at once without time-out, only they "
		      "could wake each other, and no timer can fire");
	look.asked[1] = true;
	look.second.v[1].switches++;
	look.second.v[1].state = 'R';
	assert_null(hang_missing(&look, &hang));
	look.second.v[2].switches++;
	assert_missing(hang_all_still, 0, HANG_NO, "some thread ran meanwhile");

	set_up();
	facts.timers_impossible = false;
	look.itimers_asked = true;
	look.no_itimer = HANG_NO;
	look.itimer_pid = CHILD;
	assert_missing(hang_no_itimer, 0, HANG_NO,
		"an interval timer of process 200 runs");
	look.no_itimer = HANG_UNKNOWN;
	assert_missing(hang_no_itimer, 0, HANG_UNKNOWN,
		"an interval timer may run: the kernel does not show them");
}

static void test_nobody(void **state)
{
	(void)state;
	set_up();
	for (int i = 0; i < 3; i++)
		look.first.v[i].state = look.second.v[i].state = 'Z';
	assert_missing(hang_somebody, 0, HANG_NO, "no thread of it lives");
}

static void test_second_reading(void **state)
{
	(void)state;
	set_up();
	look.second.v[1].switches++;
	assert_missing(hang_all_still, 0, HANG_NO, "some thread ran meanwhile");
	set_up();
	look.second.v[1].state = 'R';
	assert_missing(hang_all_still, 0, HANG_NO, "some thread ran meanwhile");
	set_up();
	look.second.v[1].tid = 999;
	assert_missing(hang_all_still, 0, HANG_NO, "some thread ran meanwhile");
	set_up();
	look.second.n--;
	assert_missing(hang_all_still, 0, HANG_NO, "some thread ran meanwhile");
	set_up();
	look.second.left = HANG_READ_CLOSED;
	assert_missing(hang_all_still, 0, HANG_UNKNOWN,
		"the states of some of its threads cannot be read");
	set_up();
	look.second.n = -1;
	assert_missing(
		hang_all_still, 0, HANG_UNKNOWN, "they were looked at once");
}

static void test_news(void **state)
{
	(void)state;
	set_up();
	look.news = true;
	assert_missing(hang_no_news, 0, HANG_NO,
		"some thread stopped or ended meanwhile");
}

/* Of a process that handles SIGTERM, one may come, where any may. */
static void test_handles(void **state)
{
	(void)state;
	set_up();
	look.first.v[2].handles = true;
	assert_null(hang_missing(&look, &hang));
	assert_false(hang.handles);
	facts.signals_come = true;
	assert_proven("3 threads sleep at once without time-out, only they "
		      "could wake each other, and no timer can fire; but it "
		      "handles signals, of which one may come");
	assert_true(hang.handles);
}

/* Threads that are not shown count, and are counted with who waits alike. */
static void test_unshown(void **state)
{
	(void)state;
	set_up();
	for (int i = 3; i < HANG_THREADS + 3; i++)
		add(MAIN, 300 + i, 'S');
	for (int i = 0; i < look.first.n; i++)
		look.first.v[i].filtered = true;
	look.sleeps[look.first.n - 1].args[0] = 0x2000;
	look.second = look.first;
	assert_null(hang_missing(&look, &hang));
	assert_int_equal(hang.nthreads, HANG_THREADS);
	assert_int_equal(hang.unshown, 3);
	assert_int_equal(hang.threads[0].alike, 2);
	assert_int_equal(hang.threads[1].alike, 0);
	look.first.v[look.first.n - 1].state = 'R';
	assert_ptr_equal(hang_missing(&look, &hang), hang_sleeps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_proof),
		cmocka_unit_test(test_one_thread),
		cmocka_unit_test(test_awake),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_waker_outside),
		cmocka_unit_test(test_signal),
		cmocka_unit_test(test_not_all_read),
		cmocka_unit_test(test_timers),
		cmocka_unit_test(test_itimers),
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_second_reading),
		cmocka_unit_test(test_news),
		cmocka_unit_test(test_handles),
		cmocka_unit_test(test_unshown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
