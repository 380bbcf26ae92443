/* SPDX-License-Identifier: MIT */
/* test_trace.c: which refusal cost what, by how the process ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>

#include "suite/trace.h"

static void assert_settled(
	int status, bool ended, bool first_lived, bool last_lived)
{
	static struct evidence ev;

	ev.wait_status = status;
	ev.ended = ended;
	ev.nrefusals = 2;
	ev.refusals[0].killed_thread = ev.refusals[1].killed_thread = true;
	trace_settle(&ev);
	assert_int_equal(ev.refusals[0].killed_thread, first_lived);
	assert_int_equal(ev.refusals[1].killed_thread, last_lived);
}

static void test_settle(void **state)
{
	(void)state;
	assert_settled(SIGSYS, true, true, false);
	assert_settled(SIGKILL, true, true, false);
	/* It lived through both: it exited, crashed, or hung and was ended. */
	assert_settled(0, true, true, true);
	assert_settled(SIGSEGV, true, true, true);
	assert_settled(SIGKILL, false, true, true);
}

static void test_nothing_to_settle(void **state)
{
	static struct evidence ev = { .ended = true, .wait_status = SIGSYS };

	(void)state;
	trace_settle(&ev);
	assert_int_equal(ev.nrefusals, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settle),
		cmocka_unit_test(test_nothing_to_settle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
