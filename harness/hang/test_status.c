/* SPDX-License-Identifier: MIT */
/* test_status.c: what /proc tells of a thread, and what it leaves out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>

#include "hang/hang.h"

/* proc_pid_status(5). */
static const char status[] = "Name:\tx\nState:\tS (sleeping)\n"
			     "SigPnd:\t0000000000000001\n"
			     "ShdPnd:\t0000000000000006\n"
			     "SigBlk:\t0000000000000002\n"
			     "SigCgt:\t0000000000002000\n"
			     "Seccomp:\t2\n"
			     "voluntary_ctxt_switches:\t30\n"
			     "nonvoluntary_ctxt_switches:\t4\n";

static void test_status(void **state)
{
	struct hang_thread t = { 0 };

	(void)state;
	assert_true(hang_parse_status(status, &t));
	assert_int_equal(t.state, 'S');
	assert_int_equal(t.deliverable, 5);
	assert_int_equal(t.switches, 34);
	assert_true(t.filtered);
	assert_true(t.catches_alarm);
	assert_false(t.handles);
}

/* A kernel that does not tell one of them leaves it unknown: 0 it is not. */
static void test_status_lacks(void **state)
{
	static const char *const keys[] = { "State", "SigPnd", "ShdPnd",
		"SigBlk", "SigCgt", "voluntary", "nonvoluntary" };
	struct hang_thread t = { 0 };
	char text[sizeof(status)], key[40];

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		memcpy(text, status, sizeof(status));
		snprintf(key, sizeof(key), "\n%s", keys[i]);
		assert_non_null(strstr(text, key));
		strstr(text, key)[1] = 'x';
		assert_false(hang_parse_status(text, &t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_status_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
