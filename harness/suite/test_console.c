/* SPDX-License-Identifier: MIT */
/* test_console.c: what a guest's last words are taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "suite/console.h"

static void assert_cause(const char *said, const char *cause)
{
	static struct console c;
	char got[160];

	assert_int_equal(console_open(&c, NULL), 0);
	console_add(&c, said, strlen(said));
	console_cause(&c, got, sizeof(got));
	assert_string_equal(got, cause);
}

static void a_report_comes_before_the_last_line(void **state)
{
	(void)state;
	assert_cause("", "");
	assert_cause("booting\n\n", "booting");
	assert_cause("booting\nKernel panic - not syncing: no init\nCPU: 0\n"
		     "quartet: linux.uml ended with status 1\n",
		"Kernel panic - not syncing: no init");
	assert_cause("WARNING: CPU: 0 at kernel/a.c\nKernel panic - not "
		     "syncing: b\n",
		"WARNING: CPU: 0 at kernel/a.c");
}

static void what_the_killed_say_is_no_cause(void **state)
{
	(void)state;
	assert_cause("Kernel panic - not syncing: Kernel mode fault at addr "
		     "0x30a\nCall Trace:\n"
		     "quartet: linux.uml was ended by SIGKILL\n",
		"quartet: linux.uml was ended by SIGKILL");
	assert_cause("Kernel panic - not syncing: a\n"
		     "quartet: linux.uml was ended by SIGABRT\n",
		"Kernel panic - not syncing: a");
	assert_cause("quartet: linux.uml was ended by SIGKILL\n"
		     "Kernel panic - not syncing: the next boot\n",
		"Kernel panic - not syncing: the next boot");
}

/* lockdep reports, and with panic_on_warn=0 others, do not end a kernel. */
static void what_it_went_on_after_is_no_cause(void **state)
{
	(void)state;
	assert_cause("WARNING: CPU: 0 PID: 7 at kernel/a.c:1 a+0x1/0x2\n"
		     "Call Trace:\n---[ end trace 0000000000000000 ]---\n"
		     "BUG: kernel NULL pointer dereference, address: 08\n"
		     "Oops: 0000 [#1] PREEMPT SMP\n"
		     "RIP: 0010:futex_lock_pi+0x1/0x2\n"
		     "---[ end trace 0000000000000000 ]---\n"
		     "Kernel panic - not syncing: Fatal exception\n",
		"BUG: kernel NULL pointer dereference, address: 08, in "
		"futex_lock_pi");
	/* A kernel with a fault planted said so, 6.1.192. */
	assert_cause("BUG: kernel NULL pointer dereference, address: "
		     "0000000000000008\n"
		     "#PF: supervisor read access in kernel mode\n"
		     "#PF: error_code(0x0000) - not-present page\n"
		     "PGD 0 P4D 0 \n"
		     "Oops: 0000 [#1] SMP\n"
		     "CPU: 1 PID: 347 Comm: quartet-target Tainted: G        W"
		     "          6.1.192 #3 \n"
		     "RIP: 0010:futex_lock_pi+0x339/0x530\n",
		"BUG: kernel NULL pointer dereference, address: "
		"0000000000000008, in futex_lock_pi");
	assert_cause("WARNING: possible recursive locking detected\n"
		     "futex/7 is trying to acquire lock:\n"
		     "ff (&a){+.+.}, at: futex_wake+0x1/0x2\n"
		     "BUG: KASAN: use-after-free in b+0x1/0x2\n"
		     "==================\n"
		     "Kernel panic - not syncing: KASAN: panic_on_warn set\n",
		"BUG: KASAN: use-after-free in b+0x1/0x2");
	assert_cause("WARNING: CPU: 0 PID: 7 at kernel/a.c:1 a+0x1/0x2\n"
		     "Kernel panic - not syncing: panic_on_warn set ...\n"
		     "---[ end Kernel panic - not syncing: panic_on_warn set\n",
		"WARNING: CPU: 0 PID: 7 at kernel/a.c:1 a+0x1/0x2");
	assert_cause("WARNING: possible recursive locking detected\nhalted\n",
		"WARNING: possible recursive locking detected; lockdep tells "
		"no more in this boot");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_comes_before_the_last_line),
		cmocka_unit_test(what_the_killed_say_is_no_cause),
		cmocka_unit_test(what_it_went_on_after_is_no_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
