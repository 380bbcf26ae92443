/* SPDX-License-Identifier: MIT */
/* test_kernel_report.c: the lines by which a kernel tells that it is not well,
 * as kernels from 5.10 to 7.2 write them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "sys/kernel_report.h"

static const struct {
	const char *line;
	pid_t pid; /* 0: it names none */
} reports[] = {
	{ "[    1.2] WARNING: CPU: 1 PID: 76 at kernel/futex/core.c:9 f+0x1/2",
		76 },
	{ "WARNING: kernel/futex/pi.c:11 at f+0x1/0x2, CPU#1: a/b/77", 77 },
	{ "BUG: kernel NULL pointer dereference, address: 0000000000000008",
		0 },
	{ "BUG: KASAN: use-after-free in futex_wake+0x12/0x34", 0 },
	{ "BUG: sleeping function called from invalid context at x.c:1", 0 },
	{ "BUG: KCSAN: data-race in futex_hash / futex_hash", 0 },
	{ "kernel BUG at kernel/futex/core.c:801!", 0 },
	{ "WARNING: possible circular locking dependency detected", 0 },
	{ "UBSAN: shift-out-of-bounds in kernel/futex/waitwake.c:205:14", 0 },
	{ "general protection fault, probably for non-canonical address 0x6",
		0 },
	{ "Oops: 0000 [#1] PREEMPT SMP NOPTI", 0 },
	{ "[  9.1] INFO: task a:b:123 blocked for more than 120 seconds.",
		123 },
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [a:12]", 0 },
	{ "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", 0 },
	{ "[ BUG: Invalid wait context ]", 0 },
	{ "[    3.4][  T81] [ BUG: Invalid wait context ]", 0 },
	{ "<0>[ 3.4] Kernel panic - not syncing: sysrq triggered crash", 0 },
};

static void each_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		pid_t pid = 0;

		assert_true(kernel_report_is(reports[i].line));
		assert_int_equal(kernel_report_pid(reports[i].line, &pid),
			reports[i].pid != 0);
		assert_int_equal(pid, reports[i].pid);
	}
}

static void what_is_none(void **state)
{
	static const char *const lines[] = {
		"",
		"random: crng init done",
		"audit: type=1326 audit(1.2:3): comm=\"BUG: x\"",
		"a[12]: segfault at 0 ip 1 sp 2 error 4 in a[1000+1000]",
		"Out of memory: Killed process 12 (a)",
		"systemd[1]: BUG: is what a program says",
		"sysrq: Show Blocked State",
		"traps: a[12] general protection fault ip:1 sp:2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		assert_false(kernel_report_is(lines[i]));
}

static void follows(void **state)
{
	pid_t pid = 0;

	(void)state;
	assert_true(kernel_report_pid("Write of size 8 at addr ffff by task "
				      "a/b/4321",
		&pid));
	assert_int_equal(pid, 4321);
	assert_true(kernel_report_pid(
		"robust/81 is trying to acquire lock:", &pid));
	assert_int_equal(pid, 81);
	assert_true(kernel_report_pid(
		"CPU: 0 PID: 82 Comm: a Not tainted 6.1.0 #1", &pid));
	assert_int_equal(pid, 82);
	assert_true(kernel_report_pid(
		"CPU: 0 UID: 0 PID: 83 Comm: a Tainted: G  W", &pid));
	assert_int_equal(pid, 83);
	assert_false(kernel_report_pid("RIP: 0010:f+0x1/0x2", &pid));
	assert_false(kernel_report_pid("CPU#1: idle", &pid));
}

static bool is_82(pid_t pid, const void *with)
{
	(void)with;
	return pid == 82;
}

static const char *const text[] = {
	"[ 1.0] ------------[ cut here ]------------",
	"[ 1.0] WARNING: CPU: 0 PID: 7 at a.c:1 first+0x1/0x2",
	"[ 1.0] Modules linked in:",
	"[ 1.0] CPU: 0 PID: 7 Comm: other",
	"[ 1.1] BUG: KASAN: use-after-free in second+0x1/0x2",
	"[ 1.1] Read of size 8 at addr ffff888 by task a/82",
	"[ 1.2] BUG: KASAN: use-after-free in third+0x1/0x2",
	"[ 1.2] Read of size 8 at addr ffff888 by task a/82",
};

static void whose(void **state)
{
	struct kernel_reports mine = { .mine = is_82 }, all = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		kernel_reports_feed(&mine, text[i]);
		kernel_reports_feed(&all, text[i]);
		if (i == 4)
			assert_string_equal(mine.found, "");
	}
	kernel_reports_end(&mine);
	assert_string_equal(
		mine.found, "BUG: KASAN: use-after-free in second+0x1/0x2");
	assert_string_equal(
		all.found, "WARNING: CPU: 0 PID: 7 at a.c:1 first+0x1/0x2");
}

static void assert_found(const char *const *lines, const char *found)
{
	struct kernel_reports all = { 0 };

	for (; *lines; lines++)
		kernel_reports_feed(&all, *lines);
	kernel_reports_end(&all);
	assert_string_equal(all.found, found);
}

/* As lib/ubsan.c, kernel/locking/lockdep.c and kernel/hung_task.c of 6.1 write
 * them: the function is told by another line than the first. */
static void the_function_comes_later(void **state)
{
	static const char *const shift[] = {
		"UBSAN: shift-out-of-bounds in kernel/futex/waitwake.c:205:14",
		"shift exponent 33 is too large for 32-bit type 'int'",
		"CPU: 1 PID: 81 Comm: a Not tainted 6.1.192 #1",
		"Call Trace:",
		" <TASK>",
		" dump_stack_lvl+0x5b/0x77",
		" ubsan_epilogue+0x5/0x40",
		" __ubsan_handle_shift_out_of_bounds.cold+0x61/0xef",
		" ? ktime_get+0x3b/0x90",
		" futex_wake_op.cold+0x15/0x20",
		" do_futex+0x10/0x20",
		NULL,
	};
	static const char *const order[] = {
		"WARNING: possible circular locking dependency detected",
		"6.1.192 #1 Not tainted",
		"a/81 is trying to acquire lock:",
		"ffff8880 (&b){+.+.}-{2:2}, at: futex_unlock_pi+0x61/0x2d0",
		"the existing dependency chain (in reverse order) is:",
		"       _raw_spin_lock+0x2b/0x40",
		NULL,
	};
	static const char *const blocked[] = {
		"INFO: task a:81 blocked for more than 122 seconds.",
		"      Not tainted 6.1.192 #1",
		"Call Trace:",
		" __schedule+0x2f7/0x960",
		" schedule+0x5e/0xd0",
		" schedule_timeout+0x88/0x140",
		" futex_lock_pi+0x4e3/0x5b0",
		NULL,
	};
	/* So said one with a fault planted, 6.1.192. */
	static const char *const oops[] = {
		"BUG: kernel NULL pointer dereference, address: 08",
		"#PF: supervisor read access in kernel mode",
		"PGD 0 P4D 0 ",
		"Oops: 0000 [#1] SMP",
		"CPU: 1 PID: 347 Comm: quartet-target Tainted: G        W",
		"RIP: 0010:futex_lock_pi+0x339/0x530",
		NULL,
	};
	static const char *const bug[] = {
		"BUG: kernel NULL pointer dereference, address: 00000008",
		"Call Trace:",
		NULL,
	};

	(void)state;
	assert_found(shift, "UBSAN: shift-out-of-bounds in "
			    "kernel/futex/waitwake.c:205:14, in "
			    "futex_wake_op");
	assert_found(order, "WARNING: possible circular locking dependency "
			    "detected, in futex_unlock_pi; lockdep tells no "
			    "more in this boot");
	assert_found(blocked, "INFO: task a:81 blocked for more than 122 "
			      "seconds., in futex_lock_pi");
	assert_found(oops, "BUG: kernel NULL pointer dereference, address: 08, "
			   "in futex_lock_pi");
	assert_found(bug, bug[0]);
}

/* The function of the one that ends the other is not the other's. */
static void another_begins(void **state)
{
	static const char *const two[] = {
		"Oops: 0000 [#1] PREEMPT SMP",
		"BUG: KASAN: use-after-free in second+0x1/0x2",
		NULL,
	};

	(void)state;
	assert_found(two, two[0]);
	assert_false(kernel_report_is_lockdep(two[1]));
	assert_false(kernel_report_is_lockdep(
		"WARNING: CPU: 0 PID: 7 at a.c:1 first+0x1/0x2"));
	assert_true(kernel_report_is_lockdep("[ BUG: Invalid wait context ]"));
}

static void a_function(void **state)
{
	char name[8];

	(void)state;
	assert_true(kernel_report_function(
		"[ 1.0] RIP: 0010:mutex+0x10/0x20", name, sizeof(name)));
	assert_string_equal(name, "mutex");
	assert_false(kernel_report_function(
		" ? before+0x1/0x2", name, sizeof(name)));
	assert_false(kernel_report_function(
		" too_long_a_name+0x1/0x2", name, sizeof(name)));
	assert_false(kernel_report_function("+0x1/0x2", name, sizeof(name)));
	assert_false(kernel_report_function("a+0x", name, sizeof(name)));
	assert_false(
		kernel_report_function(" _raw_a+0x1/0x2", name, sizeof(name)));
}

/* What comes long after names no report's process. */
static void too_late(void **state)
{
	struct kernel_reports mine = { .mine = is_82 };

	(void)state;
	kernel_reports_feed(&mine, "kernel BUG at a.c:1!");
	for (int i = 0; i < 60; i++)
		kernel_reports_feed(&mine, " f+0x1/0x2");
	kernel_reports_feed(&mine, "CPU: 0 PID: 82 Comm: a");
	assert_string_equal(mine.found, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind),
		cmocka_unit_test(what_is_none),
		cmocka_unit_test(follows),
		cmocka_unit_test(whose),
		cmocka_unit_test(the_function_comes_later),
		cmocka_unit_test(another_begins),
		cmocka_unit_test(a_function),
		cmocka_unit_test(too_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
