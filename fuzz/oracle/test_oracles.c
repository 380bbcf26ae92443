/* SPDX-License-Identifier: MIT */
/*
 * test_oracles.c: for each oracle runs that keep its promise, and runs that
 * break it. A run is a program whose comments are what its steps returned.
 */
#include "oracle/test_oracles.h"

static void test_sandbox(void **state)
{
	(void)state;
	set_run(two, "t0 futex wake w0 1 private # 0\n"
		     "t1 futex wake w0 1 private # 0\n");
	assert_kept(oracle_sandbox);
	r.status = 7 << 8; /* it exited */
	assert_kept(oracle_sandbox);
	r.status = SIGSYS;
	assert_broken(oracle_sandbox, "sandbox", -1);
	r.status = 0;
	r.lost = 1 + 1;
	r.state[1] = STEP_NOT_RUN;
	assert_broken(oracle_sandbox, "sandbox", 1);
	assert_null(strstr(finding.text, "restart_syscall"));
	/* A freezer's stop turns a timed wait into a call that nobody made. */
	p.steps[1].kind = STEP_SLEEPS;
	assert_broken(oracle_sandbox, "sandbox", 1);
	assert_null(strstr(finding.text, "restart_syscall"));
	p.steps[1].kind = STEP_FUTEX;
	p.steps[1].op = FUTEX_WAIT;
	p.steps[1].fourth = TIMEOUT_NONE;
	assert_broken(oracle_sandbox, "sandbox", 1);
	assert_null(strstr(finding.text, "restart_syscall"));
	p.steps[1].fourth = 50;
	assert_broken(oracle_sandbox, "sandbox", 1);
	assert_non_null(strstr(finding.text, "restart_syscall"));
	/* It may kill for what it does not allow. */
	seen.allowed[1] = false;
	assert_kept(oracle_sandbox);
}

static void test_liveness(void **state)
{
	(void)state;
	set_run(two, "t0 futex wait w0 0 private\n");
	assert_kept(oracle_liveness);
	r.stuck = true;
	r.state[0] = STEP_NOT_RUN;
	r.end[0] = 0;
	r.stuck_threads[0].state = 'S';
	assert_broken(oracle_liveness, "liveness", -1);
	assert_non_null(strstr(finding.text, "; t0: S, not readable"));
	/* Where nobody can make it look again it may sleep on. */
	set_run("word w0 readonly 0\nword w1 private 0\n",
		"t0 futex wait_requeue_pi w0 0 w1 private\n");
	r.stuck = true;
	r.state[0] = STEP_NOT_RUN;
	r.end[0] = 0;
	assert_kept(oracle_liveness);
	p.words[0].memory = MEMORY_PRIVATE;
	assert_broken(oracle_liveness, "liveness", -1);
}

static void test_isolation(void **state)
{
	(void)state;
	set_run(two, "t0 futex wake w0 1 private # 0\n");
	assert_kept(oracle_isolation);
	r.woken = 1;
	assert_broken(oracle_isolation, "isolation", -1);
	r.woken = 0;
	r.extra_fds = 1;
	assert_broken(oracle_isolation, "isolation", -1);
	r.extra_fds = 0;
	r.extra_threads = 1;
	assert_broken(oracle_isolation, "isolation", -1);
}

/* Results that a step alone may have, and may not: futex(2), ERRORS. */
static void test_results(void **state)
{
	static const struct {
		const char *step;
		bool broken;
	} rows[] = {
		{ "t0 futex wait w0 1 private # EAGAIN", false },
		{ "t0 futex wait w0 1 private # 0", true },
		{ "t0 futex wait w0 0 private # EAGAIN", true },
		{ "t0 futex wait w0 0 private # EPERM", true },
		{ "t0 futex wait w0 0 timeout=5ms private # ETIMEDOUT", false },
		{ "t0 futex wait w0 0 private # ETIMEDOUT", true },
		{ "t0 futex wait w0 0 timeout=invalid private # EINVAL",
			false },
		{ "t0 futex wait w0 0 timeout=invalid private # EAGAIN", true },
		{ "t0 futex wait w0 0 timeout=fault private # EFAULT", false },
		{ "t0 futex wait w0 0 timeout=fault private # EINVAL", true },
		{ "t0 futex wake_bitset w0 1 val3=0x0 private # EINVAL",
			false },
		{ "t0 futex wake_bitset w0 1 val3=0x0 private # 0", true },
		{ "t0 futex wake w0 3 private # 3", false },
		{ "t0 futex wake w0 3 private # 4", true },
		{ "t0 futex wake w0 0 private # 1", false },
		{ "t0 futex wake w0 0 private # 2", true },
		{ "t0 futex wake w0 99 private # 7", false },
		{ "t0 futex wake w0 99 private # 8", true },
		{ "t0 futex wake w0 1 private # EINVAL", true },
		{ "t0 futex requeue w0 1 w1 val2=2 private # 3", false },
		{ "t0 futex requeue w0 1 w1 val2=2 private # 4", true },
		{ "t0 futex requeue w0 1 w1 val2=-2 private # EINVAL", false },
		{ "t0 futex requeue w0 1 w1 val2=-2 private # 0", true },
		{ "t0 futex cmp_requeue w0 1 w1 val2=1 val3=5 private # EAGAIN",
			false },
		{ "t0 futex cmp_requeue w0 1 w1 val2=1 val3=5 private # 0",
			true },
		{ "t0 futex cmp_requeue_pi w0 1 w0 val2=1 private # EINVAL",
			false },
		{ "t0 futex cmp_requeue_pi w0 1 w0 val2=1 private # 0", true },
		{ "t0 futex op=14 w0 0 # ENOSYS", false },
		{ "t0 futex op=14 w0 0 # 0", true },
		{ "t0 futex wake w0 0 flags=0x800 # ENOSYS", false },
		{ "t0 futex wake w0 0 flags=0x800 # 0", true },
		{ "t0 futex wake w0 0 flags=0x200 # ENOSYS", false },
		{ "t0 futex wake w0 0 flags=0x200 # 0", false },
		{ "t0 futex wake w0 0 flags=0x600 # EFAULT", false },
		{ "t0 futex wake w0 1 realtime private # ENOSYS", false },
		{ "t0 futex wake w0 1 realtime private # 0", true },
		{ "t0 futex wake_op w0 1 w1 val2=1 val3=0x70000000 private "
		  "# ENOSYS",
			false },
		{ "t0 futex wake_op w0 1 w1 val2=1 val3=0x70000000 private # 0",
			true },
		{ "t0 futex wait w2 0 private # EINVAL", false },
		{ "t0 futex wait w2 0 private # EAGAIN", true },
		{ "t0 futex wait w3 0 private # EFAULT", false },
		{ "t0 futex wait w3 0 private # EAGAIN", true },
		{ "t0 futex unlock_pi w0 0 private # EPERM", false },
		{ "t0 futex unlock_pi w0 0 private # 0", true },
		{ "t0 store w0 1 # 0", false },
		{ "t0 store w0 1 # 1", true },
		{ "t0 store w4 1 # EFAULT", false },
		{ "t0 store w0 1 # EFAULT", true },
		{ "t0 read 4 # EAGAIN", false },
		{ "t0 read 4 # 5", true },
		{ "t0 write 4 # 4", false },
		{ "t0 write 4 # 3", true },
		{ "t0 sleeps t1 # ESRCH", false },
		{ "t0 sleeps t1 # 1", true },
	};
	char step[200];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		snprintf(step, sizeof(step), "%s\n", rows[i].step);
		set_run("word w0 private 0\nword w1 private 0\n"
			"word w2 unaligned 0\nword w3 unmapped 0\n"
			"word w4 readonly 0\n",
			step);
		if (oracle_results(&seen, &finding) != rows[i].broken)
			fail_msg("%s: %s", rows[i].step, finding.text);
		/* What the filter does not allow the kernel does not see. */
		seen.allowed[0] = false;
		assert_kept(oracle_results);
	}
}

static void test_results_of_two(void **state)
{
	(void)state;
	/* The value that is waited for may come from another thread. */
	set_run(two, "t0 futex wait w0 1 private # 0\n"
		     "t1 store w0 1 # 0\n");
	assert_kept(oracle_results);
	set_run(two, "t0 futex wait w0 1 private # 0\n"
		     "t1 store w0 2 # 0\n");
	assert_broken(oracle_results, "results", 0);
	/* Of one thread each value is known. */
	set_run(two, "t0 store w0 3 # 0\n"
		     "t0 add w0 2 # 0\n"
		     "t0 futex wait w0 5 timeout=0us private # EAGAIN\n");
	assert_broken(oracle_results, "results", 2);
	r.ret[2] = -ETIMEDOUT;
	assert_kept(oracle_results);
}

static void test_early(void **state)
{
	(void)state;
	set_run(two, "t0 futex wait w0 0 timeout=5000us private # ETIMEDOUT\n");
	r.us[0] = 5000;
	assert_kept(oracle_results);
	r.us[0] = 4000;
	assert_broken(oracle_results, "results", 0);
	/* FUTEX_WAIT_BITSET counts from the program's start. */
	set_run(two, "t0 futex wait_bitset w0 0 timeout=5000us val3=0x1 "
		     "private # ETIMEDOUT\n");
	r.us[0] = 1;
	r.at_us[0] = 5000;
	assert_kept(oracle_results);
	r.at_us[0] = 4000;
	assert_broken(oracle_results, "results", 0);
}

static void test_conservation(void **state)
{
	static const struct {
		const char *steps;
		int broken; /* the step that shows it; -1: none */
	} rows[] = {
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex wake w0 1 private # 1\n",
			-1 },
		/* Nobody woke it. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex wake w0 1 private # 0\n",
			0 },
		/* More were told of than woken. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex wake w0 2 private # 2\n",
			1 },
		/* Another word, private and not, other bits. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex wake w1 1 private # 1\n",
			0 },
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex wake w0 1 # 1\n",
			0 },
		{ "t0 futex wait_bitset w0 0 val3=0x1 private # 0\n"
		  "t1 futex wake_bitset w0 1 val3=0x2 private # 1\n",
			0 },
		{ "t0 futex wait_bitset w0 0 val3=0x3 private # 0\n"
		  "t1 futex wake_bitset w0 1 val3=0x2 private # 1\n",
			-1 },
		/* Before it slept; its own. */
		{ "t1 futex wake w0 1 private # 1\n"
		  "t0 futex wait w0 0 private # 0\n",
			1 },
		{ "t0 futex wait w0 0 private # 0\n"
		  "t0 futex wake w0 1 private # 1\n",
			0 },
		/* Two that slept, of whom the first can be woken by both. */
		{ "t0 futex wait_bitset w0 0 val3=0x3 private # 0\n"
		  "t2 futex wait_bitset w0 0 val3=0x1 private # 0\n"
		  "t1 futex wake_bitset w0 1 val3=0x1 private # 1\n"
		  "t1 futex wake_bitset w0 1 val3=0x2 private # 1\n",
			-1 },
		{ "t0 futex wait_bitset w0 0 val3=0x1 private # 0\n"
		  "t2 futex wait_bitset w0 0 val3=0x1 private # 0\n"
		  "t1 futex wake_bitset w0 1 val3=0x1 private # 1\n"
		  "t1 futex wake_bitset w0 1 val3=0x2 private # 1\n",
			1 },
		/* Moved, and woken there; woken, and not moved. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex requeue w0 0 w1 val2=1 private # 1\n"
		  "t1 futex wake w1 1 private # 1\n",
			-1 },
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex requeue w0 0 w1 val2=1 private # 0\n"
		  "t1 futex wake w1 1 private # 1\n",
			0 },
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex requeue w0 1 w1 val2=1 private # 1\n",
			-1 },
		/* One sleeper, two moved. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 futex requeue w0 0 w1 val2=2 private # 2\n"
		  "t1 futex wake w1 1 private # 1\n",
			1 },
		/* One was seen asleep, and not found. */
		{ "t0 futex wait w0 0 private # 0\n"
		  "t1 sleeps t0 # 0\n"
		  "t1 futex wake w0 1 private # 1\n",
			-1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		set_run(two, rows[i].steps);
		if (rows[i].broken < 0)
			assert_kept(oracle_conservation);
		else
			assert_broken(oracle_conservation, "conservation",
				rows[i].broken);
	}
}

/* A sleeper that the wake right behind did not find; it slept on. */
static void test_overlooked(void **state)
{
	(void)state;
	set_run(two, "t0 futex wait w0 0 private\n"
		     "t1 sleeps t0 # 0\n"
		     "t1 futex wake w0 1 private # 0\n");
	r.state[0] = STEP_DRAINED;
	assert_broken(oracle_conservation, "conservation", 2);
	/* It was of another word's, or had a time-out. */
	p.steps[2].word = 1;
	assert_kept(oracle_conservation);
	p.steps[2].word = 0;
	p.steps[0].fourth = 1000;
	assert_kept(oracle_conservation);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sandbox),
		cmocka_unit_test(test_liveness),
		cmocka_unit_test(test_isolation),
		cmocka_unit_test(test_results),
		cmocka_unit_test(test_results_of_two),
		cmocka_unit_test(test_early),
		cmocka_unit_test(test_conservation),
		cmocka_unit_test(test_overlooked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
