/* SPDX-License-Identifier: MIT */
/*
 * test_model_robust.c: runs that are futex, and runs that are not: threads that
 * end with a robust list, or with locks.
 */
#include "oracle/test_model.h"

#define T0_LOCKS "t0 futex lock_pi w0 0 private # 0 w0=0x1f4\n"
/* t1 waits for t0's lock, and t7 has seen it. */
#define T1_WAITS                                                               \
	T0_LOCKS "t1 futex lock_pi w0 0 private # 0 late w0=0x800001f4\n"      \
		 "t7 sleeps t1 # 0\n"
/* t1 leaves it at its end. */
#define END    "# w0=0x0\n"

#define SLEEPS "t1 futex wait w0 0x800001f4 # 0 late\nt7 sleeps t1 # 0\n"
#define OWNS   "t0 own w0 waiters # 0 w0=0x800001f4\n"

static void test_robust(void **state)
{
	static const struct order_row rows[] = {
		{ OWNS SLEEPS "t0 link w0 # 0\nt0 exit # 0\n# w0=0xc0000000",
			-1 },
		{ OWNS SLEEPS "t0 link w0 # 0\nt0 exit # 0\n# w0=0x40000000",
			ORDER_AT_END },
		{ OWNS SLEEPS "t0 link w0 # 0\nt0 exit # 0\n# w0=0x800001f4",
			ORDER_AT_END },
		{ OWNS SLEEPS "t0 exit # 0\n", 1 },
		{ OWNS SLEEPS "t0 pending w0 # 0\nt0 exit # 0\n"
			      "# w0=0xc0000000",
			-1 },
		/* A lock's waiters are not woken so. */
		{ OWNS SLEEPS "t0 link w0 pi # 0\nt0 exit # 0\n"
			      "# w0=0xc0000000",
			1 },
		{ OWNS "t0 link w0 pi # 0\nt0 exit # 0\n# w0=0xc0000000", -1 },
		/* One of two is woken, the first. */
		{ OWNS SLEEPS "t2 futex wait w0 0x800001f4\nt7 sleeps t2 # 0\n"
			      "t0 link w0 # 0\nt0 exit # 0\n"
			      "# w0=0xc0000000",
			-1 },
		{ "t0 own w0 # 0 w0=0x1f4\nt0 link w0 # 0\nt0 exit # 0\n"
		  "# w0=0x40000000",
			-1 },
		{ "t0 own w0 # 0 w0=0x1f4\nt0 exit # 0\n", -1 },
		/* Who is about to lock one that is free passes the wake on. */
		{ "t1 futex wait w0 0 # 0 late\nt7 sleeps t1 # 0\n"
		  "t0 pending w0 # 0\nt0 exit # 0\n",
			-1 },
		{ "t1 futex wait w0 0\nt7 sleeps t1 # 0\n"
		  "t0 pending w0 # 0\nt0 exit # 0\n",
			0 },
		{ "t1 futex wait w0 0 # 0 late\nt7 sleeps t1 # 0\n"
		  "t0 link w0 # 0\nt0 exit # 0\n",
			0 },
		/* Before 6.14 only where the word is 0: both are right. */
		{ "t1 futex wait w1 9 # 0 late\nt7 sleeps t1 # 0\n"
		  "t0 pending w1 # 0\nt0 exit # 0\n",
			-1 },
		{ "t1 futex wait w1 9\nt7 sleeps t1 # 0\n"
		  "t0 pending w1 # 0\nt0 exit # 0\n",
			-1 },
		/* It is locked, and says that others wait: whoever leaves it
		 * will wake. */
		{ "t2 own w0 waiters # 0 w0=0x800001f6\n"
		  "t1 futex wait w0 0x800001f6\nt7 sleeps t1 # 0\n"
		  "t0 pending w0 # 0\nt0 exit # 0\nt2 exit # 0\n",
			-1 },
		{ "t2 own w0 waiters # 0 w0=0x800001f6\n"
		  "t1 futex wait w0 0x800001f6 # 0 late\nt7 sleeps t1 # 0\n"
		  "t0 pending w0 # 0\nt0 exit # 0\nt2 exit # 0\n",
			1 },
		/* A list's word that is another's wakes nobody. */
		{ "t1 futex wait w1 9\nt7 sleeps t1 # 0\n"
		  "t0 link w1 # 0\nt0 exit # 0\n",
			-1 },
		{ "t1 futex wait w1 9 # 0 late\nt7 sleeps t1 # 0\n"
		  "t0 link w1 # 0\nt0 exit # 0\n",
			0 },
		/* The dead own nothing. */
		{ T0_LOCKS "t0 exit # 0\n"
			   "t1 futex lock_pi w0 0 private # ESRCH "
			   "w0=0x800001f4",
			-1 },
		/* The owner of a lock that is waited for ends. */
		{ T1_WAITS "t0 exit # 0\nt1 exit # 0\n# w0=0xc00001f5", -1 },
		{ T1_WAITS "t0 exit # 0\nt1 exit # 0\n# w0=0x800001f5",
			ORDER_AT_END },
		{ T1_WAITS "t0 exit # 0\nt1 exit # 0\n# w0=0x400001f5",
			ORDER_AT_END },
		{ T1_WAITS "t0 exit # 0\n# w0=0x0", -1 },
		{ T0_LOCKS "t1 futex lock_pi w0 0 private\nt7 sleeps t1 # 0\n"
			   "t0 exit # 0\n",
			1 },
		{ T0_LOCKS "t0 exit # 0\n", -1 },
	};

	(void)state;
	ORDER_ROWS("word w0 private 0\nword w1 private 9\n", rows);
}

/* Lists that lead elsewhere, and words that name strangers. */
static void test_unknown_lists(void **state)
{
	static const char *const steps[] = {
		"t0 link w0 # 0\nt0 corrupt w0 self # 0\nt0 exit # 0",
		"t0 link w0 # 0\nt1 link w0 # 0\nt0 exit # 0",
		"t0 link w1 # 0\nt0 exit # 0",
		"t0 link w3 # 0\nt0 drop w3 # 0\nt0 exit # 0",
		"t0 link w2 # 0\nt0 exit # 0",
		"t0 store w0 7 # 0 w0=0x7\n"
		"t0 futex lock_pi w0 0 private # 0",
		"t0 store w0 0x400000 # 0 w0=0x400000\n"
		"t0 futex lock_pi w0 0 private # 0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		order_run("word w0 private 0\nword w1 readonly 0\n"
			  "word w2 unaligned 0\nword w3 pages 0\n",
			steps[i]);
		order_look();
		if (order.verdict != ORDER_UNKNOWN)
			fail_msg("%s: %s", steps[i], order.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_robust),
		cmocka_unit_test(test_unknown_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
