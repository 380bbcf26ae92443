/* SPDX-License-Identifier: MIT */
/*
 * test_model_prio.c: runs that are futex, and runs that are not: who is more
 * urgent goes first.
 */
#include "oracle/test_model.h"

static const char three[] =
	"word w0 private 0\nword w1 private 0\nword w2 private 0\n";

#define SLEEPS(t) "t7 sleeps t" #t " # 0\n"

static void test_wakes(void **state)
{
/* t0, then t1: one of them is woken. */
#define TWO_WAIT(first, second, zero, one)                                     \
	first second                                                           \
		"t0 futex wait w0 0 private" zero                              \
		"\n" SLEEPS(0) "t1 futex wait w0 0 private" one                \
			       "\n" SLEEPS(1) "t7 futex wake w0 1 private # 1"
#define T0(prio) "t0 prio " #prio " # 0\n"
#define T1(prio) "t1 prio " #prio " # 0\n"
#define REFUSED	 "t1 prio 5 # EPERM\n"
	static const struct order_row rows[] = {
		{ TWO_WAIT("", "", " # 0", ""), -1 },
		{ TWO_WAIT("", "", "", " # 0"), 0 },
		{ TWO_WAIT("", T1(1), "", " # 0"), -1 },
		{ TWO_WAIT("", T1(1), " # 0", ""), 3 },
		{ TWO_WAIT(T0(1), "", " # 0", ""), -1 },
		{ TWO_WAIT(T0(4), T1(5), "", " # 0"), -1 },
		{ TWO_WAIT(T0(5), T1(4), " # 0", ""), -1 },
		{ TWO_WAIT(T0(5), T1(5), " # 0", ""), -1 },
		{ TWO_WAIT(T0(5), T1(5), "", " # 0"), 2 },
		{ TWO_WAIT(T1(5), T1(0), " # 0", ""), -1 },
		{ TWO_WAIT("", REFUSED, " # 0", ""), -1 },
		{ TWO_WAIT("", REFUSED, "", " # 0"), 1 },
		{ TWO_WAIT("", "t7 prio 5 tid=t1 # 0\n", "", " # 0"), -1 },
		/* Who sleeps stays where he is. */
		{ "t0 futex wait w0 0 private # 0\n" SLEEPS(
			  0) "t1 futex wait w0 0 private\n" SLEEPS(1) "t7 prio "
								      "5 "
								      "tid=t1 "
								      "# 0\n"
								      "t7 "
								      "futex "
								      "wake w0 "
								      "1 "
								      "private "
								      "# 1",
			-1 },
		/* Moved elsewhere, he is before others there. */
		{ "t1 futex wait w1 0 private\n" SLEEPS(
			  1) "t0 prio 3 # 0\nt0 futex wait w0 0 private # "
			     "0\n" SLEEPS(0) "t7 futex requeue w0 0 w1 val2=9 "
					     "private # "
					     "1\nt7 futex wake w1 1 private # "
					     "1",
			-1 },
		{ "t1 futex wait w1 0 private # 0\n" SLEEPS(
			  1) "t0 prio 3 # 0\nt0 futex wait w0 0 "
			     "private\n" SLEEPS(0) "t7 futex requeue w0 0 w1 "
						   "val2=9 private # "
						   "1\nt7 futex wake w1 1 "
						   "private # 1",
			3 },
	};

	(void)state;
	ORDER_ROWS(three, rows);
}

/* t0 has w0's lock, t1 and t2 wait for it, and one is given it. */
#define LOCKED	      "t0 futex lock_pi w0 0 private # 0 w0=0x1f4\n"
#define WAITS(t, how) "t" #t " futex lock_pi w0 0 private " how "\n" SLEEPS(t)
#define GIVEN	      "# 0 late"
#define UNLOCK	      "t0 futex unlock_pi w0 0 private # 0 w0=0x800001f"
#define TO_T1	      UNLOCK "5\nt1 futex wait w2 0 private\n# w0=0x0\n"
#define TO_T2	      UNLOCK "6\nt2 futex wait w2 0 private\n# w0=0x0\n"
#define FIRST	      WAITS(1, GIVEN) WAITS(2, "")
#define SECOND	      WAITS(1, "") WAITS(2, GIVEN)

static void test_locks(void **state)
{
	static const struct order_row rows[] = {
		{ LOCKED FIRST TO_T1, -1 },
		{ LOCKED SECOND TO_T2, 1 },
		{ "t2 prio 2 # 0\n" LOCKED SECOND TO_T2, -1 },
		{ "t2 prio 2 # 0\n" LOCKED FIRST TO_T1, 4 },
		{ "t1 prio 2 # 0\nt2 prio 2 # 0\n" LOCKED FIRST TO_T1, -1 },
		{ "t1 prio 2 # 0\nt2 prio 2 # 0\n" LOCKED SECOND TO_T2, 3 },
		/* Who waits for a lock changes place; */
		{ LOCKED SECOND "t7 prio 1 tid=t2 # 0\n" TO_T2, -1 },
		{ LOCKED FIRST "t7 prio 1 tid=t2 # 0\n" TO_T1, 3 },
		/* behind his new equals. */
		{ "t2 prio 4 # 0\n" LOCKED SECOND
		  "t7 prio 4 tid=t1 # 0\n" TO_T2,
			-1 },
		{ "t1 prio 4 # 0\n" LOCKED SECOND
		  "t7 prio 0 tid=t1 # 0\n" TO_T2,
			-1 },
		{ "t1 prio 4 # 0\n" LOCKED FIRST "t7 prio 0 tid=t1 # 0\n" TO_T1,
			4 },
	};

	(void)state;
	ORDER_ROWS(three, rows);
}

/* t1 has w1's lock, for which t3 waits. */
static void test_lent(void **state)
{
#define T1_HAS	 "t1 futex lock_pi w1 0 private # 0 w1=0x1f5\n"
#define T3_WAITS "t3 prio 6 # 0\nt3 futex lock_pi w1 0 private\n" SLEEPS(3)
	static const struct order_row rows[] = {
		{ "t2 prio 3 # 0\n" T1_HAS LOCKED FIRST T3_WAITS TO_T1, -1 },
		{ "t2 prio 3 # 0\n" T1_HAS LOCKED SECOND T3_WAITS TO_T2, 3 },
		{ "t2 prio 3 # 0\n" T1_HAS LOCKED SECOND TO_T2, -1 },
		/* It is lent before he comes to wait, too. */
		{ "t2 prio 3 # 0\n" T1_HAS LOCKED T3_WAITS WAITS(2, "")
				WAITS(1, GIVEN) TO_T1,
			-1 },
		{ "t2 prio 3 # 0\n" T1_HAS LOCKED T3_WAITS WAITS(2, GIVEN)
				WAITS(1, "") TO_T2,
			8 },
		/* No more than the other has. */
		{ "t2 prio 7 # 0\n" T1_HAS LOCKED T3_WAITS WAITS(2, GIVEN)
				WAITS(1, "") TO_T2,
			-1 },
	};

	(void)state;
	ORDER_ROWS(three, rows);
}

/* Between the hand-over and the new owner's coming, one more urgent may take
 * the lock: that is open. */
static void test_robbed(void **state)
{
	(void)state;
	order_run(three, "t2 prio 3 # 0\n" LOCKED WAITS(1, GIVEN) TO_T1
		"t2 futex trylock_pi w0 0 private # 0\n");
	order_look();
	assert_int_equal(order.verdict, ORDER_UNKNOWN);
	assert_non_null(strstr(order.unknown, "more urgent"));
	/* Not one that is not. */
	order_run(three, LOCKED WAITS(1, GIVEN) UNLOCK
		"5\nt2 futex trylock_pi w0 0 private # 0\n");
	order_look();
	assert_int_equal(order.verdict, ORDER_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wakes),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_lent),
		cmocka_unit_test(test_robbed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
