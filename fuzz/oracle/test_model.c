/* SPDX-License-Identifier: MIT */
/*
 * test_model.c: runs that are futex, and runs that are not: waits, wakes and
 * requeues.
 */
#include "oracle/test_model.h"

/* Each error has its condition, and none comes without. */
static void test_errors(void **state)
{
	static const struct order_row rows[] = {
		{ "t0 futex wait w0 1 private # EAGAIN", -1 },
		{ "t0 futex wait w0 0 private # EAGAIN", 0 },
		{ "t0 futex wait w0 1 private # 0", 0 },
		{ "t0 futex wait w0 1 private # EINVAL", 0 },
		/* An errno is owed, and it sleeps. */
		{ "t0 futex wait w0 1 private", 0 },
		{ "t0 futex wait w0 0 private", -1 },
		{ "t0 futex wait_bitset w0 0 private # EINVAL", -1 },
		{ "t0 futex wait_bitset w0 0 private", 0 },
		{ "t0 futex wait_bitset w0 0 val3=8 private", -1 },
		{ "t0 futex wait w0 0 timeout=5us private # ETIMEDOUT", -1 },
		{ "t0 futex wait w0 0 private # ETIMEDOUT", 0 },
		{ "t0 futex wait w0 0 timeout=invalid private # EINVAL", -1 },
		{ "t0 futex wait w0 0 timeout=invalid private # 0", 0 },
		{ "t0 futex wait w0 0 timeout=fault private # EFAULT", -1 },
		{ "t0 futex wait w0 0 timeout=fault private # EINVAL", 0 },
		{ "t0 futex wake_bitset w0 1 private # EINVAL", -1 },
		{ "t0 futex wake_bitset w0 1 private # 0", 0 },
		{ "t0 futex wake w0 1 private # 0", -1 },
		{ "t0 futex wake w0 1 private # 1", 0 },
		{ "t0 futex wake w0 1 private # EINVAL", 0 },
		{ "t0 futex wake w0 1 private realtime # ENOSYS", -1 },
		{ "t0 futex wake w0 1 private realtime # 0", 0 },
		{ "t0 futex wait w0 1 private realtime # ENOSYS", -1 },
		{ "t0 futex wait_bitset w0 1 val3=1 private realtime # EAGAIN",
			-1 },
		{ "t0 futex op=14 w0 0 # ENOSYS", -1 },
		{ "t0 futex fd w0 0 # ENOSYS", -1 },
		{ "t0 futex fd w0 0 # 0", 0 },
		{ "t0 futex wake w0 0 flags=0x800 # ENOSYS", -1 },
		{ "t0 futex wake w0 0 flags=0x800 # 0", 0 },
		{ "t0 futex requeue w0 -1 w1 val2=1 private # EINVAL", -1 },
		{ "t0 futex requeue w0 1 w1 val2=-1 private # EINVAL", -1 },
		{ "t0 futex requeue w0 0 w1 private # EINVAL", 0 },
		{ "t0 futex requeue w0 1 w1 val2=1 private # 0", -1 },
		{ "t0 futex cmp_requeue w0 1 w1 val2=1 val3=9 private "
		  "# EAGAIN",
			-1 },
		{ "t0 futex cmp_requeue w0 1 w1 val2=1 val3=9 private # 0", 0 },
		{ "t0 futex cmp_requeue w0 1 w1 val2=1 private # EAGAIN", 0 },
		{ "t0 futex requeue w0 1 w1 val2=1 val3=9 private # 0", -1 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

/* Kinds of memory: w0 unaligned, w1 read-only, w2 without any right, w3 the
 * kernel's, w4 private, w5 shared, w6 at the end of a page. */
static void test_memory(void **state)
{
	static const struct order_row rows[] = {
		{ "t0 futex wait w0 0 private # EINVAL", -1 },
		{ "t0 futex wake w0 0 private # EINVAL", -1 },
		{ "t0 futex wake w6 0 # EINVAL", -1 },
		{ "t0 futex wake w6 0 # EFAULT", 0 },
		{ "t0 futex wait w1 9 private # EAGAIN", -1 },
		{ "t0 futex wait w1 0 private # EFAULT", 0 },
		{ "t0 futex wait w1 0 # EFAULT", -1 },
		{ "t0 futex wake w1 0 # EFAULT", -1 },
		{ "t0 futex wake w1 0 private # 0", -1 },
		{ "t0 futex wait w2 0 private # EFAULT", -1 },
		{ "t0 futex wait w2 0 private # EAGAIN", 0 },
		{ "t0 futex wake w2 1 private # 0", -1 },
		{ "t0 futex wake w2 1 # EFAULT", -1 },
		{ "t0 futex wake w3 1 private # EFAULT", -1 },
		{ "t0 futex wake w3 1 private # 0", 0 },
		{ "t0 futex requeue w4 1 w0 val2=1 private # EINVAL", -1 },
		{ "t0 futex requeue w4 1 w3 val2=1 private # EFAULT", -1 },
		{ "t0 futex requeue w4 1 w3 val2=1 private # 0", 0 },
		{ "t0 futex cmp_requeue w2 1 w4 val2=1 private # EFAULT", -1 },
		{ "t0 futex cmp_requeue w2 1 w4 val2=1 private # 0", 0 },
		{ "t0 futex wake_op w4 1 w1 val2=1 private # EFAULT", -1 },
		{ "t0 futex wake_op w4 1 w1 val2=1 private # 0", 0 },
		{ "t0 store w1 1 # EFAULT", -1 },
		{ "t0 futex wake_op w4 1 w5 val3=0x50000000 # ENOSYS", -1 },
		{ "t0 futex wake_op w4 1 w5 val3=0x50000000 # 0", 0 },
		/* Too late: it is done. */
		{ "t0 futex wake_op w5 1 w5 val3=0x06009000 # ENOSYS w5=0x9",
			-1 },
		{ "t0 futex wake_op w5 1 w5 val3=0x06009000 # ENOSYS", 0 },
		{ "t0 futex wake_op w5 1 w5 val3=0x06009000 # 0 w5=0x9", 0 },
	};

	(void)state;
	ORDER_ROWS("word w0 unaligned 0\nword w1 readonly 0\nword w2 none 0\n"
		   "word w3 kernel 0\nword w4 private 0\nword w5 shared 0\n"
		   "word w6 pageend 0\n",
		rows);
}

#define SLEEP "t0 futex wait w0 0 private # 0\nt7 sleeps t0 # 0\n"
#define TWO                                                                    \
	"t0 futex wait w0 0 private # 0\nt1 sleeps t0 # 0\n"                   \
	"t1 futex wait w0 0 private # 0\nt7 sleeps t1 # 0\n"

/* Who is woken, and how many. */
static void test_wakes(void **state)
{
	static const struct order_row rows[] = {
		{ SLEEP "t7 futex wake w0 1 private # 1", -1 },
		{ SLEEP "t7 futex wake w0 0 private # 1", -1 },
		{ SLEEP "t7 futex wake w0 1 private # 0", 2 },
		{ SLEEP "t7 futex wake w0 1 private # 2", 2 },
		{ SLEEP "t7 futex wake w0 1 # 0", 0 },
		{ SLEEP "t7 futex wake w0 1 # 1", 2 },
		{ SLEEP "t7 futex wake w1 1 private # 1", 2 },
		{ SLEEP "t7 futex wake_bitset w0 1 val3=4 private # 1", -1 },
		{ TWO "t7 futex wake w0 2 private # 2", -1 },
		{ TWO "t7 futex wake w0 2 private # 1\n"
		      "t7 futex wake w0 2 private # 1",
			4 },
		{ TWO "t7 futex wake w0 1 private # 1\n"
		      "t7 futex wake w0 9 private # 1",
			-1 },
		/* First in, first out. */
		{ "t0 futex wait w0 0 private # 0\nt1 sleeps t0 # 0\n"
		  "t1 futex wait w0 0 private\nt7 sleeps t1 # 0\n"
		  "t7 futex wake w0 1 private # 1",
			-1 },
		{ "t0 futex wait w0 0 private\nt1 sleeps t0 # 0\n"
		  "t1 futex wait w0 0 private # 0\nt7 sleeps t1 # 0\n"
		  "t7 futex wake w0 1 private # 1",
			0 },
		{ "t0 futex wait_bitset w0 0 val3=1 private\nt1 sleeps t0 # 0\n"
		  "t1 futex wait_bitset w0 0 val3=6 private # 0\n"
		  "t7 sleeps t1 # 0\n"
		  "t7 futex wake_bitset w0 2 val3=4 private # 1",
			-1 },
		{ "t0 futex wait_bitset w0 0 val3=1 private # 0\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex wake_bitset w0 2 val3=4 private # 1",
			2 },
		/* Who was woken did not time out, and may have before. */
		{ "t0 futex wait w0 0 timeout=9us private # ETIMEDOUT\n"
		  "t1 sleeps t0 # 0\nt1 futex wake w0 1 private # 1",
			0 },
		{ "t0 futex wait w0 0 timeout=9us private # ETIMEDOUT\n"
		  "t1 sleeps t0 # 0\nt1 futex wake w0 1 private # 0",
			-1 },
		{ "t0 futex wait w0 0 timeout=9us private # 0\n"
		  "t1 sleeps t0 # 0\nt1 futex wake w0 1 private # 1",
			-1 },
		/* Nobody was there who could. */
		{ "t0 futex wait w0 0 private # 0", 0 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

static void test_requeues(void **state)
{
	static const struct order_row rows[] = {
		{ SLEEP "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
			"t7 futex wake w0 1 private # 0\n"
			"t7 futex wake w1 1 private # 1",
			-1 },
		{ SLEEP "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
			"t7 futex wake w0 1 private # 1",
			3 },
		{ SLEEP "t7 futex requeue w0 1 w1 val2=0 private # 1", -1 },
		{ SLEEP "t7 futex requeue w0 0 w1 val2=0 private # 0\n"
			"t7 futex wake w0 1 private # 1",
			-1 },
		{ TWO "t7 futex cmp_requeue w0 1 w1 val2=9 private # 2\n"
		      "t7 futex wake w1 9 private # 1",
			-1 },
		{ TWO "t7 futex cmp_requeue w0 1 w1 val2=9 private # 1\n"
		      "t7 futex wake w1 9 private # 1",
			4 },
		{ TWO "t7 futex requeue w0 0 w0 val2=9 private # 2\n"
		      "t7 futex wake w0 9 private # 2",
			-1 },
		{ TWO "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
		      "t7 futex wake w0 9 private # 1\n"
		      "t7 futex wake w1 9 private # 1",
			-1 },
		/* Where both are in one bucket, who is moved keeps his place.
		 */
		{ "t0 futex wait w0 0 private # 0\nt1 sleeps t0 # 0\n"
		  "t1 futex wait w1 0 private\nt7 sleeps t1 # 0\n"
		  "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
		  "t7 futex wake w1 1 private # 1",
			-1 },
		{ "t0 futex wait w0 0 private\nt1 sleeps t0 # 0\n"
		  "t1 futex wait w1 0 private # 0\nt7 sleeps t1 # 0\n"
		  "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
		  "t7 futex wake w1 1 private # 1",
			-1 },
		{ "t0 futex wait w1 0 private\nt1 sleeps t0 # 0\n"
		  "t1 futex wait w0 0 private # 0\nt7 sleeps t1 # 0\n"
		  "t7 futex requeue w0 0 w1 val2=1 private # 1\n"
		  "t7 futex wake w1 1 private # 1",
			0 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

/* w1 is 7: each operation and comparison, the comparison as it is and not. */
static void test_wake_op(void **state)
{
	static const struct {
		unsigned op, arg, compare, with;
		uint32_t after;
		bool holds;
	} rows[] = {
		{ FUTEX_OP_SET, 5, FUTEX_OP_CMP_EQ, 7, 5, true },
		{ FUTEX_OP_SET, 0xfff, FUTEX_OP_CMP_EQ, 8, UINT32_MAX, false },
		{ FUTEX_OP_ADD, 5, FUTEX_OP_CMP_NE, 8, 12, true },
		{ FUTEX_OP_ADD, 0xfff, FUTEX_OP_CMP_NE, 7, 6, false },
		{ FUTEX_OP_OR, 8, FUTEX_OP_CMP_LT, 8, 15, true },
		{ FUTEX_OP_OR, 8, FUTEX_OP_CMP_LT, 7, 15, false },
		{ FUTEX_OP_ANDN, 3, FUTEX_OP_CMP_LE, 7, 4, true },
		{ FUTEX_OP_ANDN, 3, FUTEX_OP_CMP_LE, 0xfff, 4, false },
		{ FUTEX_OP_XOR, 0xfff, FUTEX_OP_CMP_GT, 0xfff, ~7u, true },
		{ FUTEX_OP_XOR, 1, FUTEX_OP_CMP_GT, 7, 6, false },
		{ 8 + FUTEX_OP_SET, 4, FUTEX_OP_CMP_GE, 7, 16, true },
		{ 8 + FUTEX_OP_SET, 35, FUTEX_OP_CMP_GE, 8, 8, false },
	};
	char text[400];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (int wrong = 0; wrong < 3; wrong++) {
			snprintf(text, sizeof(text),
				"t0 futex wait w1 7 private%s\n"
				"t1 sleeps t0 # 0\n"
				"t1 futex wake_op w0 1 w1 val2=1 val3=%#x "
				"private # %d\n",
				rows[i].holds != (wrong == 1) ? " # 0" : "",
				rows[i].op << 28 | rows[i].compare << 24 |
					rows[i].arg << 12 | rows[i].with,
				rows[i].holds != (wrong == 1));
			order_run(
				"word w0 private 0\nword w1 private 7\n", text);
			r.words[1] = rows[i].after ^ (wrong == 2);
			r.after[0] = r.words[1];
			order_find(&p, &r, seen.allowed, &order);
			if (order.verdict != (wrong ? ORDER_NONE : ORDER_FOUND))
				fail_msg("%s%d: %s", text, wrong, order.text);
		}
}

/* The words: right after a step that nobody can have been in the way of, and at
 * the end. */
static void test_words(void **state)
{
	(void)state;
	order_run(two,
		"t0 store w0 3 # 0\nt0 add w0 4 # 0\n"
		"t0 futex wake w0 1 private # 0\nt1 futex wake w0 1 # 0\n");
	r.words[0] = 7;
	r.after[2] = r.after[3] = 7;
	order_find(&p, &r, seen.allowed, &order);
	assert_int_equal(order.verdict, ORDER_FOUND);
	r.after[2] = 6;
	order_find(&p, &r, seen.allowed, &order);
	assert_int_equal(order.verdict, ORDER_NONE);
	assert_int_equal(order.step, 2);
	assert_int_equal(order.word, 0);
	assert_string_equal(order.text, "w0 held 0x6 after it, due was 0x7");
	r.after[2] = 7;
	r.words[1] = 1;
	order_find(&p, &r, seen.allowed, &order);
	assert_int_equal(order.verdict, ORDER_NONE);
	assert_int_equal(order.step, -1);
	assert_string_equal(order.text, "w1 ends as 0x1, due was 0");
	order_run("word w0 pages 7\n", "t0 drop w0 # 0 w0=0x0\nt0 fork # 0\n"
				       "t0 futex wait w0 7 private # EAGAIN\n");
	order_find(&p, &r, seen.allowed, &order);
	assert_int_equal(order.verdict, ORDER_FOUND);
	r.after[2] = 7;
	order_find(&p, &r, seen.allowed, &order);
	assert_int_equal(order.verdict, ORDER_NONE);
}

/* Steps whose times overlap may have come in either order; others not. */
static void test_orders(void **state)
{
	(void)state;
	order_run(two,
		"t0 store w0 1 # 0\nt1 futex wait w0 0 private # EAGAIN\n");
	r.words[0] = r.after[1] = 1;
	order_look();
	assert_int_equal(order.verdict, ORDER_FOUND);
	r.state[1] = STEP_DRAINED;
	r.end[1] = 3 * LATE;
	r.drained = 2 * LATE;
	order_look();
	assert_int_equal(order.verdict, ORDER_NONE);
	assert_true(order.only);
	/* It began before the store was over. */
	r.begin[1] = 1;
	r.begin[0] = 2;
	r.end[0] = 3;
	order_look();
	assert_int_equal(order.verdict, ORDER_FOUND);
	/* Who was late may still be on his way. */
	r.begin[0] = 1;
	r.end[0] = 2;
	r.begin[1] = 3;
	r.doubt = true;
	order_look();
	assert_int_equal(order.verdict, ORDER_FOUND);
}

/* What the filter refuses is no futex call. */
static void test_refused(void **state)
{
	(void)state;
	order_run(two, "t0 futex wake w0 1 private # EPERM\n");
	order_look();
	assert_int_equal(order.verdict, ORDER_NONE);
	seen.allowed[0] = false;
	order_look();
	assert_int_equal(order.verdict, ORDER_FOUND);
}

static void test_unknown(void **state)
{
	(void)state;
	order_run(two, "t0 futex wake w0 1 flags=0x200 # 0\n");
	order_look();
	assert_int_equal(order.verdict, ORDER_UNKNOWN);
	assert_non_null(order.unknown);
	order_run(two, "t0 futex wake w0 1 private # 5\n");
	r.stuck = true;
	order_look();
	assert_int_equal(order.verdict, ORDER_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_wakes),
		cmocka_unit_test(test_requeues),
		cmocka_unit_test(test_wake_op),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
