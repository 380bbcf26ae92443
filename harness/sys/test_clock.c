/* SPDX-License-Identifier: MIT */
/* test_clock.c: units, and clocks that stand while others go. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/proc.h"

static void units(void **state)
{
	uint64_t ns = clock_ns(CLOCK_MONOTONIC), us = clock_us();
	uint64_t used = clock_ns(CLOCK_PROCESS_CPUTIME_ID);

	(void)state;
	assert_true(us >= ns / 1000);
	usleep(20000);
	assert_true(clock_ns(CLOCK_MONOTONIC) - ns >= 20000000);
	assert_true(clock_us() - us >= 20000);
	/* Who sleeps uses no processor: far less than the 20 ms. */
	assert_true(clock_ns(CLOCK_PROCESS_CPUTIME_ID) - used < 10000000);
	assert_int_equal(clock_ns(-1), 0);
}

/* Another reading of the same clock lies between the two. */
static void of_a_process(void **state)
{
	long before = proc_cpu_us(getpid());
	uint64_t own = clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000;
	long after = proc_cpu_us(getpid());

	(void)state;
	assert_true(before >= 0 && (uint64_t)before <= own);
	assert_true(own <= (uint64_t)after);
	/* Numbers end at 1 << 22 (proc_sys_kernel(5), pid_max). */
	assert_int_equal(proc_cpu_us(1 << 23), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units),
		cmocka_unit_test(of_a_process),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
