/* SPDX-License-Identifier: MIT */
/* test_kernel_log.c: records of kills, and what only looks like one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <linux/audit.h>
#include <linux/seccomp.h>

#include "sys/kernel_log.h"

#define HEAD                                                                   \
	",10180,14600805218,-;audit: type=1326 audit(1795615470.237:120372): " \
	"auid=4294967295 uid=0 gid=0 ses=4294967295 pid=30016 comm="
#define TAIL                                                                   \
	" exe=\"/tmp/g\" sig=31 arch=c000003e syscall=110 compat=0 "           \
	"ip=0x7ffff7ed3829 code="

static void a_kill(void **state)
{
	struct kernel_kill k;

	(void)state;
	assert_true(kernel_log_parse("5" HEAD "\"g\"" TAIL "0x0\n", &k));
	assert_int_equal(k.pid, 30016);
	assert_string_equal(k.comm, "g");
	assert_int_equal(k.arch, AUDIT_ARCH_X86_64);
	assert_int_equal(k.nr, 110);
	assert_int_equal(k.ip, 0x7ffff7ed3829);
	assert_int_equal(k.action, SECCOMP_RET_KILL_THREAD);
	assert_int_equal(k.us, 14600805218);
	assert_int_equal(k.wall_us, 1795615470237000);
	assert_true(kernel_log_parse("5" HEAD "\"g\"" TAIL "0x80000000", &k));
	assert_int_equal(k.action, SECCOMP_RET_KILL_PROCESS);
}

/* A name with a blank, a quote or a byte beyond ASCII comes in hex. */
static void names(void **state)
{
	struct kernel_kill k;

	(void)state;
	assert_true(kernel_log_parse("5" HEAD "776F72206B6572" TAIL "0x0", &k));
	assert_string_equal(k.comm, "wor ker");
	assert_true(kernel_log_parse("5" HEAD "1B5B324A" TAIL "0x0", &k));
	assert_string_equal(k.comm, "\\x1b[2J");
	assert_true(kernel_log_parse("5" HEAD "\"pid=1\"" TAIL "0x0", &k));
	assert_int_equal(k.pid, 30016);
	assert_string_equal(k.comm, "pid=1");
	assert_true(kernel_log_parse(
		"5" HEAD "\"much.longer.than.any.is\"" TAIL "0x0", &k));
	assert_string_equal(k.comm, "much.longer.than");
}

static void no_kill(void **state)
{
	static const char *const records[] = {
		"",
		"5",
		";audit: type=1326 ",
		"5,1,2,-;audit: type=1326 audit(1.2:3): pid=1",
		"5,1,2,-;audit: type=1326 audit(1.2): pid=1 comm=\"g\"" TAIL
		"0x0",
		"5,1,2,-;audit: type=1300 audit(1.2:3): arch=c000003e",
		"6,9061,13314727599,-;futex_wake_op: quartet-target tries",
		/* Written by a process: facility 1. */
		"13" HEAD "\"g\"" TAIL "0x0",
		/* What was only logged, or trapped. */
		"5" HEAD "\"g\"" TAIL "0x7ffc0000",
		"5" HEAD "\"g\"" TAIL "0x30000",
		"5" HEAD "\"g\"" TAIL,
	};
	struct kernel_kill k;

	(void)state;
	for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++)
		assert_false(kernel_log_parse(records[i], &k));
}

#define SECOND (uint64_t)1000000
#define HOUR   (3600 * SECOND)
#define WALL   (1795615470 * SECOND) /* when the machine was started */

/* It was started 100 hours ago. Times are by CLOCK_BOOTTIME. */
static struct kernel_clocks after(uint64_t suspended)
{
	return (struct kernel_clocks){ .boot = 100 * HOUR,
		.awake = 100 * HOUR - suspended,
		.wall = WALL + 100 * HOUR };
}

/* At AT, when the machine had been suspended for SUSPENDED; the log's clock is
 * 500 parts of a million off. */
static struct kernel_kill kill_at(uint64_t at, uint64_t suspended, int sign)
{
	uint64_t awake = at - suspended;

	return (struct kernel_kill){ .wall_us = WALL + at,
		.us = sign < 0 ? awake - awake / 2000 : awake + awake / 2000 };
}

static void kills_since(void **state)
{
	const struct kernel_clocks now = after(0);

	(void)state;
	for (int sign = -1; sign <= 1; sign += 2) {
		struct kernel_kill k = kill_at(50 * HOUR, 0, sign);

		assert_true(kernel_log_is_since(&k, 1 * HOUR, &now));
		assert_false(kernel_log_is_since(&k, 99 * HOUR, &now));
		/* What the log's clock alone cannot tell. */
		assert_true(kernel_log_is_since(&k, 50 * HOUR - SECOND, &now));
		assert_false(kernel_log_is_since(&k, 50 * HOUR + SECOND, &now));
		/* Of a process that is gone there is no start. */
		assert_false(kernel_log_is_since(&k, 0, &now));
	}
}

/* While it is suspended only the log's clock and CLOCK_MONOTONIC stand. */
static void kills_after_a_suspend(void **state)
{
	const struct kernel_clocks now = after(40 * HOUR);
	struct kernel_kill k = kill_at(90 * HOUR, 40 * HOUR, 1);

	(void)state;
	assert_true(kernel_log_is_since(&k, 89 * HOUR, &now));
	assert_false(kernel_log_is_since(&k, 91 * HOUR, &now));
	/* Before the suspend. */
	k = kill_at(10 * HOUR, 0, 1);
	assert_false(kernel_log_is_since(&k, 11 * HOUR, &now));
	assert_true(kernel_log_is_since(&k, 9 * HOUR, &now));
}

/* A wall clock that was set since, by a day, says nothing; a time namespace
 * has another zero. */
static void kills_by_no_clock(void **state)
{
	struct kernel_clocks now = after(0);
	struct kernel_kill k = kill_at(50 * HOUR, 0, 1);

	(void)state;
	now.wall += 24 * HOUR;
	assert_true(kernel_log_is_since(&k, 1 * HOUR, &now));
	assert_false(kernel_log_is_since(&k, 50 * HOUR - SECOND, &now));
	assert_false(kernel_log_is_since(&k, 50 * HOUR + SECOND, &now));
	now.wall -= 48 * HOUR;
	assert_true(kernel_log_is_since(&k, 1 * HOUR, &now));
	assert_false(kernel_log_is_since(&k, 50 * HOUR - SECOND, &now));
	assert_false(kernel_log_is_since(&k, 50 * HOUR + SECOND, &now));
	now = after(0);
	now.shifted = true;
	assert_false(kernel_log_is_since(&k, 1 * HOUR, &now));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kill),
		cmocka_unit_test(names),
		cmocka_unit_test(no_kill),
		cmocka_unit_test(kills_since),
		cmocka_unit_test(kills_after_a_suspend),
		cmocka_unit_test(kills_by_no_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
