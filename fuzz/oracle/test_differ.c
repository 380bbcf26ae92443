/* SPDX-License-Identifier: MIT */
/* test_differ.c: when two kernels are said to differ, and when not. */
#include "oracle/test_oracles.h"

#include "oracle/differ.h"

static struct runs runs[2];
static struct differ d;
static struct history history;

static int index_of(const char *oracle)
{
	int i = 0;

	while (strcmp(oracles[i].name, oracle) != 0)
		i++;
	return i;
}

static bool loose;

/* So many runs on SIDE that were as `r` is; BROKEN names a promise, or none. */
static void saw(int side, uint32_t times, const char *broken)
{
	static struct runs_kind k;

	k = (struct runs_kind){ .times = times, .result = r };
	k.broken = broken ? index_of(broken) : -1;
	k.step = broken ? 0 : -1;
	k.loose = broken && loose;
	runs_add(&runs[side], &p, &k);
}

static void begin(const char *steps)
{
	memset(runs, 0, sizeof(runs));
	loose = false;
	set_run(two, steps);
}

static enum differ_verdict find(unsigned unequal)
{
	differ_find(&p, runs, unequal, &d);
	return d.verdict;
}

static const char one[] = "t0 futex wake w0 1 private # 0\n";

static void test_same(void **state)
{
	(void)state;
	begin(one);
	saw(0, 100, NULL);
	r.us[0] = 7;
	r.tids[3] = 9999;
	saw(1, 100, NULL);
	assert_int_equal(find(0), DIFFER_NOT);
	assert_int_equal(runs[0].nkinds, 1);
}

static void test_nothing_seen(void **state)
{
	(void)state;
	begin(one);
	saw(0, 100, "results");
	assert_int_equal(find(0), DIFFER_NOT);
}

static void test_broken(void **state)
{
	(void)state;
	begin(one);
	saw(0, 64, NULL);
	r.ret[0] = 1;
	saw(1, 64, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.of, 64);
	assert_int_equal(d.with, 64);
	assert_int_equal(d.other, 64);
	assert_int_equal(d.kind[0], 0);
	assert_int_equal(d.kind[1], 0);
	assert_int_equal(d.event, 1);
	assert_true(d.chance < 1e-30);
}

/* Whichever kernel it is that breaks it. */
static void test_other_side(void **state)
{
	(void)state;
	begin(one);
	saw(1, 64, NULL);
	r.ret[0] = 1;
	saw(0, 64, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
}

static void test_too_few(void **state)
{
	(void)state;
	begin(one);
	saw(0, 8, NULL);
	r.ret[0] = 1;
	saw(1, 8, "results");
	assert_int_equal(find(0), DIFFER_MAYBE);
	/* 8 of 8 and 0 of 8: one of 16 over 8. */
	assert_true(d.chance > 1 / 12871. && d.chance < 1 / 12869.);
}

/* A rare answer takes many runs of the other kernel. */
static void test_rare(void **state)
{
	(void)state;
	begin(one);
	saw(0, 1000, NULL);
	saw(1, 980, NULL);
	r.ret[0] = 1;
	saw(1, 20, "results");
	assert_int_equal(find(0), DIFFER_MAYBE);
	saw(1, 20, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.with, 40);
	assert_int_equal(d.of, 1020);
	assert_int_equal(d.side, 1);
}

/* The other kernel broke it too, if once: how often is no difference. */
static void test_both_break(void **state)
{
	(void)state;
	begin(one);
	saw(0, 1000, NULL);
	r.ret[0] = 1;
	saw(0, 1, "results");
	saw(1, 1000, "results");
	assert_int_equal(find(0), DIFFER_FREE);
}

/* What every promise allows is no difference, however often it comes. */
static void test_left_open(void **state)
{
	(void)state;
	begin("t0 futex wait w0 0 private # 0\n"
	      "t1 futex wake w0 1 private # 1\n");
	r.begin[1] = 2;
	r.end[1] = 3;
	r.end[0] = 4;
	saw(0, 100000, NULL);
	r.ret[1] = 0;
	saw(1, 100000, NULL);
	assert_int_equal(find(0), DIFFER_FREE);
}

/* Another thread was first: nothing is to be compared with. */
static void test_order(void **state)
{
	static const char steps[] = "t0 futex wake w0 1 private # 0\n"
				    "t1 futex wake w0 1 private # 0\n";

	(void)state;
	begin(steps);
	saw(0, 1000, NULL);
	r.begin[1] = 1;
	r.end[1] = 2;
	r.begin[0] = 3;
	r.end[0] = 4;
	saw(1, 1000, NULL);
	assert_int_equal(find(0), DIFFER_FREE);
	r.ret[0] = 5;
	memset(&runs[1], 0, sizeof(runs[1]));
	saw(1, 1000, "results");
	assert_int_equal(find(0), DIFFER_MAYBE);
	assert_int_equal(d.other, 0);
	/* The other breaks the same, in its own order. */
	r.begin[0] = 1;
	r.end[0] = 2;
	r.begin[1] = 3;
	r.end[1] = 4;
	saw(0, 1, "results");
	assert_int_equal(find(0), DIFFER_FREE);
}

/* Both have begun: which of them ends first is no answer. */
static void test_order_of_ends(void **state)
{
	(void)state;
	begin("t0 futex wake w0 1 private # 0\n"
	      "t1 futex wake w0 1 private # 0\n");
	r.begin[1] = 2;
	r.end[0] = 3;
	saw(0, 1000, NULL);
	r.end[1] = 3;
	r.end[0] = 4;
	saw(1, 1000, "results");
	assert_int_equal(find(0), DIFFER_MAYBE);
	assert_int_equal(d.other, 0);
	assert_int_equal(d.event, 2);
}

/* What comes after the answers that differ has no part in it. */
static void test_after(void **state)
{
	(void)state;
	begin("t0 futex wake w0 1 private # 0\n"
	      "t1 futex wake w0 1 private # 0\n");
	saw(0, 64, NULL);
	r.ret[0] = 3;
	saw(1, 32, "results");
	r.ret[1] = 3;
	saw(1, 32, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.event, 1);
	assert_int_equal(d.with, 64);
}

/* Who sleeps for good on one, and is woken on the other. */
static void test_sleeps(void **state)
{
	(void)state;
	begin("t0 futex wait w0 0 private # 0\n"
	      "t1 futex wake w0 1 private # 1\n");
	r.begin[1] = 2;
	r.end[1] = 3;
	r.end[0] = 4;
	saw(0, 64, NULL);
	r.state[0] = STEP_DRAINED;
	r.drained = 4;
	r.end[0] = 5;
	saw(1, 64, "conservation");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.event, 3);
	history_of(&p, &r, -1, -1, &history);
	assert_int_equal(history.n, 5);
	assert_int_equal(history.events[3].what, HISTORY_DRAIN);
	assert_int_equal(history.events[4].what, HISTORY_KEPT);
}

static void test_words(void **state)
{
	(void)state;
	begin(one);
	saw(0, 64, NULL);
	r.words[1] = 7;
	saw(1, 64, "memory");
	assert_int_equal(find(0), DIFFER_PROVEN);
}

/* A thread has another number on each kernel. */
static void test_words_tid(void **state)
{
	(void)state;
	begin(one);
	r.words[1] = (uint32_t)r.tids[2] | FUTEX_WAITERS;
	saw(0, 64, NULL);
	r.tids[2] += 1000;
	r.words[1] = (uint32_t)r.tids[2] | FUTEX_WAITERS;
	saw(1, 64, NULL);
	assert_int_equal(find(0), DIFFER_NOT);
	r.words[1] = (uint32_t)r.tids[2];
	memset(&runs[1], 0, sizeof(runs[1]));
	saw(1, 64, "memory");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.event, 2);
}

/* The same was seen, and is right on one kernel alone: it came too early. */
static void test_promise_alone(void **state)
{
	(void)state;
	begin(one);
	saw(0, 64, NULL);
	saw(1, 64, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(d.event, 3);
}

static void test_feature(void **state)
{
	(void)state;
	begin("t0 futex lock_pi2 w0 0 private # 0\n");
	saw(0, 64, NULL);
	r.ret[0] = -ENOSYS;
	saw(1, 64, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
	assert_int_equal(find(1), DIFFER_FEATURE);
	assert_string_equal(d.feature, "lock_pi2");
	assert_int_equal(find(~1u), DIFFER_PROVEN);
}

/* The model has no rules for it: steps that do not race are compared all the
 * same. */
static void test_no_rules(void **state)
{
	(void)state;
	begin("t0 futex wake w0 1 flags=0x200 # ENOSYS\n");
	saw(0, 64, NULL);
	r.ret[0] = 0;
	saw(1, 64, NULL);
	assert_int_equal(find(0), DIFFER_PROVEN);
	begin("t0 futex wake w0 1 flags=0x200 # ENOSYS\n"
	      "t1 futex wake w0 1 # 0\n");
	saw(0, 64, NULL);
	r.ret[0] = 0;
	saw(1, 64, NULL);
	assert_int_equal(find(0), DIFFER_FREE);
}

/* The model may have missed an order of racing steps. */
static void test_loose(void **state)
{
	(void)state;
	begin(one);
	saw(0, 1000, NULL);
	loose = true;
	r.ret[0] = 1;
	saw(1, 999, "model");
	assert_int_equal(find(0), DIFFER_PROVEN);
	r.ret[0] = 0;
	saw(1, 1, NULL);
	assert_int_equal(find(0), DIFFER_MAYBE);
	loose = false;
	r.ret[0] = 1;
	saw(1, 1, "results");
	assert_int_equal(find(0), DIFFER_PROVEN);
}

/* What had no room may have been the answer. */
static void test_no_room(void **state)
{
	(void)state;
	begin(one);
	saw(0, 64, NULL);
	runs[0].others = 1;
	r.ret[0] = 1;
	saw(1, 64, "results");
	assert_int_equal(find(0), DIFFER_MAYBE);
}

static void test_join(void **state)
{
	static struct runs more;

	(void)state;
	begin(one);
	saw(0, 3, NULL);
	more = runs[0];
	r.ret[0] = 1;
	saw(0, 2, "results");
	runs_join(&runs[0], &p, &more);
	assert_int_equal(runs[0].nkinds, 2);
	assert_int_equal(runs[0].kinds[0].times, 6);
	assert_int_equal(runs[0].counted, 8);
	for (int i = 0; i < RUNS_KINDS; i++) {
		r.ret[0] = 2 + i;
		saw(0, 1, "results");
	}
	assert_int_equal(runs[0].nkinds, RUNS_KINDS);
	assert_int_equal(runs[0].others, 2);
	assert_int_equal(runs[0].counted, 8 + RUNS_KINDS);
	runs_join(&runs[1], &p, &runs[0]);
	assert_int_equal(runs[1].others, 2);
	assert_int_equal(runs[1].counted, 8 + RUNS_KINDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_nothing_seen),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_other_side),
		cmocka_unit_test(test_too_few),
		cmocka_unit_test(test_rare),
		cmocka_unit_test(test_both_break),
		cmocka_unit_test(test_left_open),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_order_of_ends),
		cmocka_unit_test(test_after),
		cmocka_unit_test(test_sleeps),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_words_tid),
		cmocka_unit_test(test_promise_alone),
		cmocka_unit_test(test_feature),
		cmocka_unit_test(test_no_rules),
		cmocka_unit_test(test_loose),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
