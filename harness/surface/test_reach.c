/* SPDX-License-Identifier: MIT */
/* test_reach.c: a trace written by hand, in the shape that Linux 6.1's has:
 * what is counted, and for whom. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "surface/reach.h"

/* Each function is 16 bytes long. */
static const char *const functions[] = { "user", "do_syscall_64",
	"do_int80_syscall_32", "syscall_trace_enter", "__secure_computing",
	"__seccomp_filter", "x64_sys_call", "__x64_sys_read", "vfs_read",
	"exc_page_fault", "do_user_addr_fault", "handle_mm_fault",
	"sysvec_apic_timer_interrupt", "irq_enter_rcu", "tick", "do_futex",
	"futex_wake", "futex_wait", "syscall_exit_to_user_mode",
	"irqentry_exit_to_user_mode", "exit_to_user_mode_prepare",
	"arch_do_signal_or_restart", "get_signal", "do_exit",
	"exit_robust_list", "exit_mm_release", "ptrace_stop", "schedule",
	"__rseq_handle_notify_resume", "rseq_ip_fixup", "rb_insert", "later",
	"ret_from_fork", "schedule_tail", "__traceiter_x", "helper",
	"__schedule", "pick_next" };

#define N (sizeof(functions) / sizeof(*functions))

static uint64_t address(const char *name)
{
	for (size_t i = 0; i < N; i++)
		if (!strcmp(functions[i], name))
			return 0xffffffff81000000 + i * 16;
	fail_msg("%s: not in the table", name);
	return 0;
}

static struct symbols symbols;
static struct reach *reach;

static void op(uint64_t n, char *name, size_t size)
{
	snprintf(name, size, "op%d", (int)n);
}

static int begin(void **state)
{
	static char text[8192];
	FILE *from;

	(void)state;
	text[0] = '\0';
	/* From the last to the first, with data among them. */
	for (size_t i = N; i--;)
		sprintf(text + strlen(text), "%llx t %s\n%llx d data\n",
			(unsigned long long)address(functions[i]), functions[i],
			(unsigned long long)address(functions[i]) + 4);
	from = fmemopen(text, strlen(text), "r");
	assert_int_equal(symbols_read(&symbols, from), 0);
	fclose(from);
	assert_int_equal(symbols.n, N);
	reach = reach_new(&symbols, REACH_FROM_EXEC, op);
	return reach ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	reach_free(reach);
	symbols_free(&symbols);
	return 0;
}

static void calls(int tid, const char *caller, const char *function)
{
	const struct ring_event e = { .kind = RING_FUNCTION,
		.tid = tid,
		.a = address(function) + 4,
		.b = address(caller) + 9 };

	assert_int_equal(reach_take(reach, &e), 0);
}

static void interrupted(int tid, const char *caller, const char *function)
{
	const struct ring_event e = { .kind = RING_FUNCTION,
		.tid = tid,
		.interrupt = true,
		.a = address(function) + 4,
		.b = address(caller) + 9 };

	assert_int_equal(reach_take(reach, &e), 0);
}

static void enter(int tid, uint64_t nr, uint64_t first, uint64_t second)
{
	const struct ring_event e = { .kind = RING_ENTER,
		.tid = tid,
		.a = nr,
		.args = { first, second } };

	assert_int_equal(reach_take(reach, &e), 0);
}

static void leave(int tid, uint64_t nr, int64_t ret)
{
	const struct ring_event e = {
		.kind = RING_EXIT, .tid = tid, .a = nr, .b = (uint64_t)ret
	};

	assert_int_equal(reach_take(reach, &e), 0);
}

static void starts(int tid, int child)
{
	const struct ring_event e = {
		.kind = RING_FORK, .tid = tid, .a = (uint64_t)child
	};

	assert_int_equal(reach_take(reach, &e), 0);
}

static void begins(int tid)
{
	enter(tid, 59, 0, 0);
	leave(tid, 59, 0);
}

static const struct reached *row(const char *name)
{
	const struct sorts *all = reach_sorts(reach);

	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->list[i].name, name))
			return &all->list[i];
	return NULL;
}

static bool has(const struct reached *in, const char *function)
{
	return in && in->has[symbols_at(&symbols, address(function))];
}

/* Row NAME has the functions of LIST, and no other. */
static void is_row(const char *name, unsigned long times, const char *list)
{
	const struct reached *in = row(name);
	char words[512], *word, *rest = words;
	size_t n = 0;

	if (!in)
		fail_msg("%s: no such row", name);
	snprintf(words, sizeof(words), "%s", list);
	for (; (word = strtok_r(rest, " ", &rest)); n++)
		if (!has(in, word))
			fail_msg("%s: %s is not in it", name, word);
	if (in->functions != n)
		fail_msg("%s: %zu functions, not %zu", name, in->functions, n);
	assert_int_equal(in->n, times);
}

static void read_call(int tid)
{
	calls(tid, "do_syscall_64", "syscall_trace_enter");
	calls(tid, "syscall_trace_enter", "__secure_computing");
	calls(tid, "__secure_computing", "__seccomp_filter");
	enter(tid, 0, 0, 0);
	calls(tid, "do_syscall_64", "x64_sys_call");
	calls(tid, "do_syscall_64", "__x64_sys_read");
}

/* Before its execve came back, nothing counts; then the filter is the call's
 * too, which is known only behind it. */
static void call(void **state)
{
	(void)state;
	read_call(1);
	assert_int_equal(reach_sorts(reach)->n, 0);
	begins(1);
	read_call(1);
	calls(1, "__x64_sys_read", "vfs_read");
	leave(1, 0, 0);
	is_row("read", 1,
		"syscall_trace_enter __secure_computing __seccomp_filter "
		"x64_sys_call __x64_sys_read vfs_read");
	is_row("seccomp filter", 0, "__secure_computing __seccomp_filter");
}

/* A fault in a call is in both; out of a call in none. */
static void fault(void **state)
{
	(void)state;
	begins(1);
	read_call(1);
	calls(1, "__x64_sys_read", "vfs_read");
	calls(1, "exc_page_fault", "do_user_addr_fault");
	calls(1, "do_user_addr_fault", "handle_mm_fault");
	calls(1, "vfs_read", "helper");
	leave(1, 0, 0);
	assert_true(has(row("read"), "handle_mm_fault"));
	assert_true(has(row("read"), "helper"));
	is_row("page fault", 0, "do_user_addr_fault handle_mm_fault");
	calls(1, "exc_page_fault", "do_user_addr_fault");
	calls(1, "do_user_addr_fault", "later");
	assert_false(has(row("read"), "later"));
	is_row("page fault", 0, "do_user_addr_fault handle_mm_fault later");
}

/* What an interrupt does is in no row, before and behind what its flag says;
 * the call goes on behind it. */
static void interrupt(void **state)
{
	(void)state;
	begins(1);
	read_call(1);
	calls(1, "sysvec_apic_timer_interrupt", "irq_enter_rcu");
	interrupted(1, "irq_enter_rcu", "tick");
	calls(1, "irq_enter_rcu", "schedule");
	calls(1, "__x64_sys_read", "vfs_read");
	leave(1, 0, 0);
	assert_false(has(row("read"), "irq_enter_rcu"));
	assert_false(has(row("read"), "tick"));
	assert_false(has(row("read"), "schedule"));
	assert_true(has(row("read"), "vfs_read"));
	assert_int_equal(reach_sums(reach).interrupts, 3);
}

static void futex(int tid, uint64_t how, const char *function)
{
	enter(tid, 202, 0, how);
	calls(tid, "do_syscall_64", "do_futex");
	calls(tid, "do_futex", function);
	leave(tid, 202, 0);
}

/* An operation is told with its privacy, whatever its clock. */
static void operations(void **state)
{
	(void)state;
	begins(1);
	futex(1, 0, "futex_wait");
	futex(1, 128, "futex_wait");
	futex(1, 128 | 256, "futex_wait");
	futex(1, 129, "futex_wake");
	is_row("futex op0", 1, "do_futex futex_wait");
	is_row("futex op0 private", 2, "do_futex futex_wait");
	is_row("futex op1 private", 1, "do_futex futex_wake");
	futex(1, 31 | 128, "futex_wait");
	futex(1, 0x12345678, "futex_wait");
	is_row("futex another operation", 1, "do_futex futex_wait");
	assert_non_null(row("futex op31 private"));
	assert_null(row("clear_child_tid"));
}

/* A refused call has no number: none is made up. */
static void refused(void **state)
{
	(void)state;
	begins(1);
	calls(1, "do_syscall_64", "syscall_trace_enter");
	calls(1, "syscall_trace_enter", "__secure_computing");
	leave(1, (uint64_t)-1, -1);
	is_row("a call that did not begin", 1,
		"syscall_trace_enter __secure_computing");
	calls(1, "do_syscall_64", "syscall_trace_enter");
	calls(1, "syscall_trace_enter", "__seccomp_filter");
	calls(1, "__seccomp_filter", "do_exit");
	is_row("a call that did not begin", 2,
		"syscall_trace_enter __secure_computing __seccomp_filter");
	is_row("end of a task", 0, "do_exit");
}

/* One that ends: its call is exit, and what that leads to is told apart. */
static void ending(void **state)
{
	(void)state;
	begins(1);
	enter(1, 60, 0, 0);
	calls(1, "do_syscall_64", "do_exit");
	calls(1, "do_exit", "exit_mm_release");
	calls(1, "exit_mm_release", "exit_robust_list");
	calls(1, "exit_robust_list", "futex_wake");
	calls(1, "exit_mm_release", "do_futex");
	calls(1, "do_futex", "futex_wake");
	calls(1, "do_exit", "ptrace_stop");
	calls(1, "ptrace_stop", "schedule");
	calls(1, "do_exit", "later");
	is_row("exit", 1,
		"do_exit exit_mm_release exit_robust_list futex_wake do_futex "
		"later");
	is_row("robust list, PI locks at the end", 0,
		"exit_robust_list futex_wake");
	is_row("clear_child_tid", 0, "do_futex futex_wake");
	assert_int_equal(reach_sums(reach).watched, 2);
}

/* On the way back from an interrupt a signal is the task's again. */
static void going_back(void **state)
{
	(void)state;
	begins(1);
	calls(1, "sysvec_apic_timer_interrupt", "irq_enter_rcu");
	calls(1, "irqentry_exit_to_user_mode", "exit_to_user_mode_prepare");
	calls(1, "exit_to_user_mode_prepare", "arch_do_signal_or_restart");
	calls(1, "arch_do_signal_or_restart", "get_signal");
	calls(1, "exit_to_user_mode_prepare", "__rseq_handle_notify_resume");
	calls(1, "__rseq_handle_notify_resume", "rseq_ip_fixup");
	is_row("signal", 0, "arch_do_signal_or_restart get_signal");
	is_row("rseq", 0, "__rseq_handle_notify_resume rseq_ip_fixup");
	is_row("return to user mode", 0,
		"exit_to_user_mode_prepare arch_do_signal_or_restart "
		"get_signal __rseq_handle_notify_resume rseq_ip_fixup");
}

/* rb_insert is in lib/, which is not traced: who called it cannot be told, so
 * that what it calls is no fault's, and the call's all the same. */
static void unseen(void **state)
{
	(void)state;
	begins(1);
	read_call(1);
	calls(1, "exc_page_fault", "do_user_addr_fault");
	calls(1, "rb_insert", "helper");
	assert_true(has(row("read"), "helper"));
	assert_false(has(row("page fault"), "helper"));
}

/* __schedule is not traced either, but it is known who calls it. */
static void relayed(void **state)
{
	(void)state;
	begins(1);
	calls(1, "irqentry_exit_to_user_mode", "exit_to_user_mode_prepare");
	calls(1, "exit_to_user_mode_prepare", "schedule");
	calls(1, "schedule", "helper");
	calls(1, "__schedule", "pick_next");
	assert_true(has(row("return to user mode"), "pick_next"));
	assert_null(row("not told apart"));
	calls(1, "rb_insert", "later");
	is_row("not told apart", 0, "later");
}

/* Each task has its own stack, and counts with who started it. */
static void tasks(void **state)
{
	(void)state;
	begins(1);
	starts(1, 2);
	starts(7, 8);
	read_call(1);
	calls(2, "ret_from_fork", "schedule_tail");
	calls(8, "ret_from_fork", "later");
	enter(2, 202, 0, 0);
	calls(2, "do_syscall_64", "do_futex");
	calls(1, "__x64_sys_read", "vfs_read");
	calls(8, "do_syscall_64", "later");
	assert_true(has(row("read"), "vfs_read"));
	assert_false(has(row("read"), "do_futex"));
	is_row("futex op0", 1, "do_futex");
	is_row("start of a task", 0, "schedule_tail");
	assert_int_equal(reach_sums(reach).tasks, 2);
}

/* What the tracer's own points call is nobody's. */
static void traced(void **state)
{
	(void)state;
	begins(1);
	read_call(1);
	calls(1, "__x64_sys_read", "__traceiter_x");
	calls(1, "__traceiter_x", "helper");
	assert_false(has(row("read"), "helper"));
	assert_int_equal(reach_sums(reach).tracer, 2);
}

/* Of 32 bits, by the way that it came in. */
static void i386(void **state)
{
	(void)state;
	begins(1);
	calls(1, "do_int80_syscall_32", "syscall_trace_enter");
	enter(1, 240, 0, 1);
	calls(1, "do_int80_syscall_32", "do_futex");
	is_row("futex op1 (i386)", 1, "syscall_trace_enter do_futex");
}

/* From the filter on: seccomp() that failed, or only asks, is none. */
static void armed(void **state)
{
	(void)state;
	reach_free(reach);
	reach = reach_new(&symbols, REACH_FROM_FILTER, op);
	begins(1);
	enter(1, 317, 2, 0);
	leave(1, 317, 0);
	enter(1, 317, 1, 0);
	leave(1, 317, -1);
	read_call(1);
	assert_int_equal(reach_sorts(reach)->n, 0);
	leave(1, 0, 0);
	enter(1, 317, 1, 0);
	leave(1, 317, 0);
	read_call(1);
	assert_non_null(row("read"));
}

/* A filter for all threads is also for one that is in a call meanwhile; not for
 * a process that was forked. */
static void armed_threads(void **state)
{
	(void)state;
	reach_free(reach);
	reach = reach_new(&symbols, REACH_FROM_FILTER, op);
	begins(1);
	enter(1, 56, 0x10000, 0);
	starts(1, 2);
	leave(1, 56, 2);
	enter(1, 56, 17, 0);
	starts(1, 3);
	leave(1, 56, 3);
	enter(2, 202, 0, 128);
	enter(3, 202, 0, 129);
	enter(1, 317, 1, 1);
	leave(1, 317, 0);
	calls(2, "do_futex", "futex_wait");
	calls(3, "do_futex", "futex_wake");
	is_row("futex op0 private", 1, "futex_wait");
	assert_null(row("futex op1 private"));
	assert_int_equal(reach_sums(reach).tasks, 2);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = { TEST(call), TEST(fault),
		TEST(interrupt), TEST(operations), TEST(refused), TEST(ending),
		TEST(going_back), TEST(unseen), TEST(tasks), TEST(traced),
		TEST(i386), TEST(armed), TEST(armed_threads), TEST(relayed) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
