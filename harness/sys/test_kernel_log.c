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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kill),
		cmocka_unit_test(names),
		cmocka_unit_test(no_kill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
