/* SPDX-License-Identifier: MIT */
/* test_memory.c: the oracle of memory, with runs that keep its promise and runs
 * that do not. */
#include "oracle/test_oracles.h"

static void test_memory(void **state)
{
	(void)state;
	set_run(two, "t0 store w0 7 # 0\nt0 add w0 1 # 0\n");
	r.words[0] = 8;
	assert_kept(oracle_memory);
	r.words[0] = 7;
	assert_broken(oracle_memory, "memory", -1);
	r.words[0] = 8;
	r.words[1] = 1; /* nobody stored there */
	assert_broken(oracle_memory, "memory", -1);
	r.words[1] = 0;
	r.stray = 1;
	assert_broken(oracle_memory, "memory", -1);
	/* FUTEX_WAKE_OP: w1 |= 0x44, w1 &= ~0x40, w1 += 3. */
	set_run(two, "t0 futex wake_op w0 1 w1 val2=1 val3=0x20044000 private "
		     "# 0\n"
		     "t0 futex wake_op w0 1 w1 val2=1 val3=0x30040000 private "
		     "# 0\n"
		     "t0 futex wake_op w0 1 w1 val2=1 val3=0x10003000 private "
		     "# 0\n");
	r.words[1] = 7;
	assert_kept(oracle_memory);
	r.words[1] = 4;
	assert_broken(oracle_memory, "memory", -1);
}

static void test_locks(void **state)
{
	(void)state;
	set_run(two, "t0 futex lock_pi w0 0 private # 0\n"
		     "t0 futex unlock_pi w0 0 private # 0\n");
	r.after[0] = 500;
	assert_kept(oracle_memory);
	r.after[0] = 501;
	assert_broken(oracle_memory, "memory", 0);
	r.after[0] = 500 | FUTEX_WAITERS;
	assert_kept(oracle_memory);
	r.after[1] = 500;
	assert_broken(oracle_memory, "memory", 1);
	r.after[1] = 0;
	r.words[0] = 77; /* nobody of us */
	assert_broken(oracle_memory, "memory", -1);
	/* Another lock with the same word may be given away meanwhile. */
	set_run(two, "t0 futex lock_pi w0 0 private # 0\n"
		     "t1 futex lock_pi w0 0 # 0\n");
	r.after[0] = 501;
	r.after[1] = 500;
	assert_kept(oracle_memory);
}

static void test_robust(void **state)
{
	(void)state;
	set_run(two, "t0 own w0 waiters # 0\nt0 link w0 # 0\nt0 exit # 0\n"
		     "t1 futex wake w1 1 private # 0\n");
	r.words[0] = FUTEX_WAITERS | FUTEX_OWNER_DIED;
	assert_kept(oracle_memory);
	r.words[0] = FUTEX_WAITERS | 500;
	assert_broken(oracle_memory, "memory", 2);
	/* Whom the word names has not died. */
	set_run(two, "t0 own w0 # 0\nt0 link w0 # 0\nt0 own w0 tid=t1 # 0\n"
		     "t0 exit # 0\nt1 futex wake w1 1 private # 0\n");
	r.words[0] = 501;
	assert_kept(oracle_memory);
	/* Of a list that is broken the kernel walks a part. */
	set_run(two, "t0 own w0 waiters # 0\nt0 link w0 # 0\n"
		     "t0 corrupt w0 self # 0\nt0 exit # 0\n"
		     "t1 futex wake w1 1 private # 0\n");
	r.words[0] = FUTEX_WAITERS | 500;
	assert_kept(oracle_memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_robust),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
