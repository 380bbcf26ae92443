/* SPDX-License-Identifier: MIT */
/*
 * test_model_pi.c: runs that are futex, and runs that are not: locks and moves
 * to locks.
 */
#include "oracle/test_model.h"

#define T0_LOCKS "t0 futex lock_pi w0 0 private # 0 w0=0x1f4\n"
/* t1 waits for t0's lock, and t7 has seen it. */
#define T1_WAITS                                                               \
	T0_LOCKS "t1 futex lock_pi w0 0 private # 0 late w0=0x800001f4\n"      \
		 "t7 sleeps t1 # 0\n"
/* t1 leaves it at its end. */
#define END "# w0=0x0\n"

static void test_locks(void **state)
{
	static const struct order_row rows[] = {
		{ T0_LOCKS "t0 futex unlock_pi w0 0 private # 0 w0=0x0", -1 },
		{ T0_LOCKS "t0 futex unlock_pi w0 0 private # 0\n" END, 1 },
		{ T0_LOCKS "t0 futex unlock_pi w0 0 private # EPERM\n" END, 1 },
		{ "t0 futex lock_pi w0 0 private # 0\n" END, 0 },
		{ "t0 futex lock_pi w0 0 private # 0 w0=0x1f5\n" END, 0 },
		{ "t0 futex lock_pi w0 0 private # EAGAIN", 0 },
		{ "t0 futex trylock_pi w0 0 private # 0 w0=0x1f4\n" END, -1 },
		{ "t0 futex lock_pi2 w0 0 private # 0 w0=0x1f4\n" END, -1 },
		{ T0_LOCKS "t0 futex lock_pi w0 0 private # EDEADLK\n" END,
			-1 },
		{ T0_LOCKS "t0 futex lock_pi w0 0 private\n" END, 1 },
		{ T0_LOCKS "t0 futex trylock_pi w0 0 private # EDEADLK\n" END,
			-1 },
		{ T0_LOCKS "t1 futex trylock_pi w0 0 private # EAGAIN "
			   "w0=0x800001f4\nt0 store w1 0 # 0\n" END,
			-1 },
		{ T0_LOCKS "t1 futex trylock_pi w0 0 private # EAGAIN\n"
			   "t0 store w1 0 # 0\n" END,
			1 },
		{ T0_LOCKS "t1 futex trylock_pi w0 0 private # 0 w0=0x1f5\n"
			   "t0 store w1 0 # 0\n" END,
			1 },
		{ T0_LOCKS "t1 futex lock_pi w0 0 timeout=9us private "
			   "# ETIMEDOUT w0=0x800001f4\nt7 sleeps t1 # 0\n"
			   "t0 store w1 0 # 0\n" END,
			-1 },
		{ "t0 futex unlock_pi w0 0 private # EPERM", -1 },
		{ "t0 futex unlock_pi w0 0 private # 0", 0 },
		/* Nobody has this number, nobody can have that. */
		{ "t0 store w0 0x3fffffff # 0 w0=0x3fffffff\n"
		  "t0 futex lock_pi w0 0 private # ESRCH w0=0xbfffffff",
			-1 },
		{ "t0 store w0 0x3fffffff # 0 w0=0x3fffffff\n"
		  "t0 futex lock_pi w0 0 private # 0 w0=0x1f4",
			1 },
		/* The dead owner's mark is kept, a stale waiter's not. */
		{ "t0 store w0 0xc0000000 # 0 w0=0xc0000000\n"
		  "t0 futex lock_pi w0 0 private # 0 w0=0x400001f4\n" END,
			-1 },
		{ "t0 store w0 0xc0000000 # 0 w0=0xc0000000\n"
		  "t0 futex lock_pi w0 0 private # 0 w0=0xc00001f4\n" END,
			1 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

static void test_hand_over(void **state)
{
	static const struct order_row rows[] = {
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # 0 w0=0x1f5\n" END,
			3 },
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # 0 w0=0x0\n", 3 },
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # EPERM\n" END, 3 },
		/* Nobody comes meanwhile: there is nothing to try again. */
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # EAGAIN\n", 3 },
		{ T1_WAITS "t0 futex unlock_pi w0 0 private # EINVAL\n", 3 },
		/* A plain wake is not for him. */
		{ T1_WAITS "t7 futex wake w0 1 private # EINVAL\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		{ T1_WAITS "t7 futex wake w0 1 private # 1\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			3 },
		{ T1_WAITS "t7 futex requeue w0 1 w1 val2=1 private # EINVAL\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		/* The word was changed: it names no owner. */
		{ T1_WAITS "t2 store w0 0x1f6 # 0 w0=0x1f6\n"
			   "t2 futex unlock_pi w0 0 private # EINVAL\n"
			   "t2 store w0 0x800001f4 # 0 w0=0x800001f4\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		{ T1_WAITS "t2 store w0 0x1f3 # 0 w0=0x1f3\n"
			   "t2 futex lock_pi w0 0 private # EINVAL\n"
			   "t2 store w0 0x800001f4 # 0 w0=0x800001f4\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		{ T1_WAITS "t2 store w0 0x1f3 # 0 w0=0x1f3\n"
			   "t2 futex lock_pi w0 0 private # ESRCH\n"
			   "t2 store w0 0x800001f4 # 0 w0=0x800001f4\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			4 },
		{ T1_WAITS "t7 futex wake_op w0 1 w1 private # EINVAL\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		/* Marked as its owner's death leaves it, it is still held. */
		{ T1_WAITS "t2 store w0 0x40000000 # 0 w0=0x40000000\n"
			   "t2 futex trylock_pi w0 0 private # EAGAIN\n"
			   "t2 store w0 0x800001f4 # 0 w0=0x800001f4\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		{ T1_WAITS "t2 store w0 0 # 0 w0=0x0\n"
			   "t2 futex trylock_pi w0 0 private # EINVAL\n"
			   "t2 store w0 0x800001f4 # 0 w0=0x800001f4\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			-1 },
		/* First in, first out. */
		{ T1_WAITS "t2 futex lock_pi w0 0 private # 0 late\n"
			   "t7 sleeps t2 # 0\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f6\n" END,
			5 },
		{ T1_WAITS "t2 futex lock_pi w0 0 private\n"
			   "t7 sleeps t2 # 0\n"
			   "t0 futex unlock_pi w0 0 private # 0 "
			   "w0=0x800001f5\n" END,
			3 },
		/* A plain sleeper on a lock's word. */
		{ "t0 futex wait w0 0 private # 0\nt7 sleeps t0 # 0\n"
		  "t1 futex lock_pi w0 0 private # EINVAL\n"
		  "t7 futex wake w0 1 private # 1\n",
			-1 },
		{ "t0 futex wait w0 0 private # 0\nt7 sleeps t0 # 0\n"
		  "t1 futex lock_pi w0 0 private # 0 w0=0x1f5\n"
		  "t7 futex wake w0 1 private # 1\n" END,
			2 },
		/* Two who wait for each other. */
		{ T0_LOCKS "t1 futex lock_pi w1 0 private # 0 w1=0x1f5\n"
			   "t1 futex lock_pi w0 0 private # 0 late "
			   "w0=0x800001f4\n"
			   "t7 sleeps t1 # 0\n"
			   "t0 futex lock_pi w1 0 private # EDEADLK "
			   "w1=0x800001f5\n"
			   "t0 futex unlock_pi w0 0 private # 0 w0=0x800001f5\n"
			   "# w0=0x0 w1=0x0\n",
			-1 },
		{ T0_LOCKS "t1 futex lock_pi w1 0 private # 0 w1=0x1f5\n"
			   "t1 futex lock_pi w0 0 private\n"
			   "t7 sleeps t1 # 0\n"
			   "t0 futex lock_pi w1 0 private\n",
			4 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

/* w0 read-only, w1 without any right, w2 unaligned, w3 shared, w4 the same,
 * w5 private. */
static void test_memory(void **state)
{
	static const struct order_row rows[] = {
		{ "t0 futex lock_pi w0 0 private # EFAULT", -1 },
		{ "t0 futex lock_pi w0 0 # EFAULT", -1 },
		{ "t0 futex lock_pi w1 0 private # EFAULT", -1 },
		{ "t0 futex trylock_pi w0 0 private # EFAULT", -1 },
		{ "t0 futex lock_pi w2 0 private # EINVAL", -1 },
		{ "t0 futex unlock_pi w1 0 private # EFAULT", -1 },
		{ "t0 futex unlock_pi w0 0 private # EPERM", -1 },
		{ "t0 futex wait_requeue_pi w1 0 w5 private # EFAULT", -1 },
		{ "t0 futex wait_requeue_pi w2 0 w5 private # EINVAL", -1 },
		{ "t0 futex wait_requeue_pi w5 0 w2 private # EINVAL", -1 },
		{ "t0 futex wait_requeue_pi w5 0 w0 # EFAULT", -1 },
		{ "t0 futex wait_requeue_pi w3 0 w4 # EINVAL", -1 },
		{ "t0 futex wait_requeue_pi w3 9 w4 # EAGAIN", -1 },
		{ "t0 futex wait_requeue_pi w3 0 w4", 0 },
		{ "t0 futex wait_requeue_pi w3 0 w3 # EINVAL", -1 },
		{ "t0 futex cmp_requeue_pi w3 1 w4 # EINVAL", -1 },
		{ "t0 futex cmp_requeue_pi w3 1 w4 # 0", 0 },
		{ "t0 futex cmp_requeue_pi w1 1 w5 private # EFAULT", -1 },
		{ "t0 futex cmp_requeue_pi w2 1 w5 private # EINVAL", -1 },
		{ "t0 futex cmp_requeue_pi w5 1 w2 private # EINVAL", -1 },
		{ "t0 futex cmp_requeue_pi w5 1 w1 private # EFAULT", -1 },
		{ "t0 futex cmp_requeue_pi w5 1 w0 private # 0", -1 },
		{ "t0 futex wait_requeue_pi w5 0 w0 private\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w5 1 w0 private # EFAULT",
			-1 },
		{ "t0 futex wait_requeue_pi w5 0 w0 private\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w5 1 w0 private # 0",
			2 },
	};

	(void)state;
	ORDER_ROWS("word w0 readonly 0\nword w1 none 0\nword w2 unaligned 0\n"
		   "word w3 shared 0\nword w4 alias 0 of=w3\n"
		   "word w5 private 0\n",
		rows);
}

/* What a look at a read-only page that was taken away comes to is open. */
static void test_gone(void **state)
{
	static const char *const steps[] = {
		"t0 drop w0 # EFAULT\nt0 futex trylock_pi w0 0 private # "
		"EFAULT",
		"t0 drop w0 # EFAULT\n"
		"t0 futex cmp_requeue_pi w1 1 w0 private # EFAULT",
	};

	(void)state;
	for (int i = 0; i < 2; i++) {
		order_run("word w0 readonly 0\nword w1 private 0\n", steps[i]);
		order_look();
		assert_int_equal(order.verdict, ORDER_UNKNOWN);
		assert_non_null(strstr(order.unknown, "may be gone"));
	}
}

/* The first thread and the first word, shared, are one like the others. */
static void test_firsts(void **state)
{
	static const struct order_row rows[] = {
		{ "t0 futex lock_pi w0 0 # 0 w0=0x1f4\n"
		  "t0 futex unlock_pi w0 0 # 0 w0=0x0",
			-1 },
		{ "t0 futex wait_requeue_pi w0 0 w1 # 0 late\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 # 1 w1=0x1f4\n# w1=0x0",
			-1 },
		{ "t0 futex wait_requeue_pi w1 0 w0 # 0 late\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w1 1 w0 # 1 w0=0x1f4\n# w0=0x0",
			-1 },
		/* Who sleeps on its word waits for no lock. */
		{ "t0 futex wait w0 0 private # 0 late\nt7 sleeps t0 # 0\n"
		  "t1 store w0 0x1f5 # 0 w0=0x1f5\n"
		  "t1 futex unlock_pi w0 0 private # EINVAL\n"
		  "t1 store w0 0 # 0 w0=0x0\n"
		  "t7 futex wake w0 1 private # 1",
			-1 },
		{ "t0 futex wait w0 0 private # 0 late\nt7 sleeps t0 # 0\n"
		  "t1 store w0 0x1f5 # 0 w0=0x1f5\n"
		  "t1 futex unlock_pi w0 0 private # 0 w0=0x0\n"
		  "t7 futex wake w0 1 private # 1",
			3 },
		/* Whom the word names is not the owner. */
		{ "t1 futex lock_pi w0 0 private # 0 w0=0x1f5\n"
		  "t0 futex lock_pi w0 0 private # 0 late w0=0x800001f5\n"
		  "t7 sleeps t0 # 0\n"
		  "t2 store w0 0x1f6 # 0 w0=0x1f6\n"
		  "t2 futex unlock_pi w0 0 private # EINVAL\n"
		  "t2 store w0 0x800001f5 # 0 w0=0x800001f5\n"
		  "t1 futex unlock_pi w0 0 private # 0 w0=0x800001f4\n" END,
			-1 },
	};

	(void)state;
	ORDER_ROWS(two, rows);
}

/* t0 waits at w0 to be moved to the lock w1. */
#define MOVABLE                                                                \
	"t0 futex wait_requeue_pi w0 0 w1 private # 0 late\n"                  \
	"t7 sleeps t0 # 0\n"

static void test_moves(void **state)
{
	static const struct order_row rows[] = {
		{ "t0 futex wait_requeue_pi w0 0 w0 private # EINVAL", -1 },
		{ "t0 futex wait_requeue_pi w0 1 w1 private # EAGAIN", -1 },
		{ "t0 futex wait_requeue_pi w0 0 w1 private # EAGAIN", 0 },
		{ "t0 futex cmp_requeue_pi w0 2 w1 val2=1 private # EINVAL",
			-1 },
		{ "t0 futex cmp_requeue_pi w0 1 w0 val2=1 private # EINVAL",
			-1 },
		{ "t0 futex cmp_requeue_pi w0 1 w1 val2=-1 private # EINVAL",
			-1 },
		{ "t0 futex cmp_requeue_pi w0 1 w1 val3=1 private # EAGAIN",
			-1 },
		{ "t0 futex cmp_requeue_pi w0 1 w1 val2=1 private # 0", -1 },
		{ "t0 futex cmp_requeue_pi w0 1 w1 val2=1 private # 1", 0 },
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x1f4\n# w1=0x0",
			-1 },
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w1 private # 0\n", 2 },
		/* The waiters' bit, when others are to follow. */
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w1 val2=1 private # 1 "
			  "w1=0x800001f4\nt7 futex wake w1 0 private # 0\n"
			  "t0 store w0 0 # 0\n# w1=0x0",
			-1 },
		{ MOVABLE "t7 futex wake w0 1 private # EINVAL\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x1f4\n# w1=0x0",
			-1 },
		/* Not where he wanted to. */
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w2 private # EINVAL\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x1f4\n# w1=0x0",
			-1 },
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w2 private # 1 "
			  "w2=0x1f4\n# w2=0x0",
			2 },
		{ MOVABLE "t7 futex requeue w0 1 w1 private # EINVAL\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x1f4\n# w1=0x0",
			-1 },
		/* A lock that is held: he waits for it. */
		{ MOVABLE "t7 futex lock_pi w1 0 private # 0 w1=0x1fb\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x800001fb\n"
			  "t7 futex unlock_pi w1 0 private # 0 w1=0x800001f4\n"
			  "# w1=0x0",
			-1 },
		{ MOVABLE "t7 futex lock_pi w1 0 private # 0 w1=0x1fb\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x800001fb\n"
			  "t7 futex unlock_pi w1 0 private # 0 w1=0x0\n",
			4 },
		/* A plain sleeper is not moved to a lock. */
		{ "t0 futex wait w0 0 private # 0 late\nt7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 private # EINVAL\n"
		  "t7 futex wake w0 1 private # 1",
			-1 },
		{ "t0 futex wait_requeue_pi w0 0 w1 timeout=9us private "
		  "# ETIMEDOUT\n"
		  "t7 sleeps t0 # 0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 private # 0\n",
			-1 },
		/* No waiters' bit, when none is to follow. */
		{ MOVABLE "t7 futex cmp_requeue_pi w0 1 w1 private # 1 "
			  "w1=0x1f4\nt7 futex wake w1 0 private # 0\n"
			  "t0 store w0 0 # 0\n# w1=0x0",
			-1 },
		/* One behind him who does not wait to be moved. */
		{ MOVABLE "t1 futex wait w0 0 private # 0 late\n"
			  "t7 sleeps t1 # 0\n"
			  "t7 futex cmp_requeue_pi w0 1 w1 val2=9 private "
			  "# EINVAL w1=0x800001f4\n"
			  "t7 futex wake w0 1 private # 1\n# w1=0x0",
			-1 },
		/* The lock is his own. */
		{ "t0 futex lock_pi w1 0 private # 0 w1=0x1f4\n" MOVABLE
		  "t7 futex cmp_requeue_pi w0 1 w1 val2=1 private # EDEADLK\n"
		  "t7 store w1 0 # 0 w1=0x0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 w1=0x1f4\n"
		  "# w1=0x0",
			-1 },
		/* Its owner waits for him. */
		{ "t0 futex lock_pi w2 0 private # 0 w2=0x1f4\n" MOVABLE
		  "t1 futex lock_pi w1 0 private # 0 w1=0x1f5\n"
		  "t1 futex lock_pi w2 0 private # 0 late w2=0x800001f4\n"
		  "t7 sleeps t1 # 0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 val2=1 private # EDEADLK "
		  "w1=0x800001f5\n"
		  "t7 store w1 0 # 0 w1=0x0\n"
		  "t7 futex cmp_requeue_pi w0 1 w1 private # 1 w1=0x1f4\n"
		  "# w1=0x0 w2=0x800001f5\n# w2=0x0",
			-1 },
	};

	(void)state;
	ORDER_ROWS("word w0 private 0\nword w1 private 0\nword w2 private 0\n",
		rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_hand_over),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_firsts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
