/* SPDX-License-Identifier: MIT */
/*
 * marks.c: functions of Linux on x86 that say why the kernel is at work, as
 * Linux 5.10 to 7.2 name them. Pure.
 */
#include "surface/marks.h"

#include <fnmatch.h>
#include <stddef.h>

const char *const marks_names[MARKS_TOLD] = {
	[MARK_FILTER] = "seccomp filter",
	[MARK_FAULT] = "page fault",
	[MARK_EXCEPTION] = "other exception",
	[MARK_RETURN] = "return to user mode",
	[MARK_SIGNAL] = "signal",
	[MARK_RSEQ] = "rseq",
	[MARK_TASK_WORK] = "task work",
	[MARK_START] = "start of a task",
	[MARK_END] = "end of a task",
	[MARK_ROBUST] = "robust list, PI locks at the end",
	[MARK_CLEAR_TID] = "clear_child_tid",
};

/* kernel/exit.c, kernel/fork.c (mm_release), kernel/futex, kernel/rseq.c,
 * kernel/seccomp.c, kernel/signal.c, arch/x86/kernel/signal.c. CALLER NULL: by
 * whomever. Parts that the compiler cut off are the function: a pattern ends in
 * nothing, or in a dot and something. */
static const struct {
	const char *function, *caller;
	enum mark mark;
} marks[] = {
	{ "__secure_computing", NULL, MARK_FILTER },
	{ "__seccomp_filter", NULL, MARK_FILTER },
	{ "arch_do_signal_or_restart", NULL, MARK_SIGNAL },
	{ "arch_do_signal", NULL, MARK_SIGNAL },
	{ "__rseq_*", NULL, MARK_RSEQ },
	{ "rseq_*", NULL, MARK_RSEQ },
	{ "task_work_run", NULL, MARK_TASK_WORK },
	{ "do_exit", NULL, MARK_END },
	{ "futex_cleanup", NULL, MARK_ROBUST },
	{ "exit_robust_list", NULL, MARK_ROBUST },
	{ "compat_exit_robust_list", NULL, MARK_ROBUST },
	{ "exit_pi_state_list", NULL, MARK_ROBUST },
	{ "do_futex", "*mm_release", MARK_CLEAR_TID },
	{ "futex_wake", "*mm_release", MARK_CLEAR_TID },
	{ "ptrace_stop", NULL, MARK_WATCHED },
	{ "ptrace_notify", NULL, MARK_WATCHED },
	{ "ptrace_do_notify", NULL, MARK_WATCHED },
	{ "ptrace_event*", NULL, MARK_WATCHED },
	{ "ptrace_signal", NULL, MARK_WATCHED },
	{ "__traceiter_*", NULL, MARK_TRACER },
	{ "trace_*", NULL, MARK_TRACER },
	{ "ftrace_*", NULL, MARK_TRACER },
	{ "perf_trace_*", NULL, MARK_TRACER },
};

/* arch/x86/entry, kernel/entry/common.c: noinstr, so that no tracer sees them
 * but as callers. */
static const struct {
	const char *function;
	enum root root;
	uint32_t marks;
} roots[] = {
	{ "do_syscall_64", ROOT_CALL, 0 },
	{ "do_int80*", ROOT_CALL32, 0 },
	{ "*do_fast_syscall_32", ROOT_CALL32, 0 },
	{ "*exc_page_fault", ROOT_EXCEPTION, MARK(MARK_FAULT) },
	{ "do_user_addr_fault", ROOT_EXCEPTION, MARK(MARK_FAULT) },
	{ "do_kern_addr_fault", ROOT_EXCEPTION, MARK(MARK_FAULT) },
	{ "*exc_nmi", ROOT_INTERRUPT, MARK(MARK_INTERRUPT) },
	{ "exc_*", ROOT_EXCEPTION, MARK(MARK_EXCEPTION) },
	{ "asm_exc_*", ROOT_EXCEPTION, MARK(MARK_EXCEPTION) },
	{ "irqentry_exit_to_user_mode", ROOT_RETURN, MARK(MARK_RETURN) },
	{ "syscall_exit_to_user_mode", ROOT_RETURN, MARK(MARK_RETURN) },
	{ "exit_to_user_mode_loop", ROOT_RETURN, MARK(MARK_RETURN) },
	{ "ret_from_fork*", ROOT_START, MARK(MARK_START) },
	{ "*sysvec_*", ROOT_INTERRUPT, MARK(MARK_INTERRUPT) },
	{ "*common_interrupt", ROOT_INTERRUPT, MARK(MARK_INTERRUPT) },
	{ "*irq_exit_rcu", ROOT_INTERRUPT, MARK(MARK_INTERRUPT) },
	{ "*irq_enter_rcu", ROOT_INTERRUPT, MARK(MARK_INTERRUPT) },
	{ "trace_*", ROOT_TRACER, MARK(MARK_TRACER) },
	{ "ftrace_*", ROOT_TRACER, MARK(MARK_TRACER) },
	{ "ring_buffer_*", ROOT_TRACER, MARK(MARK_TRACER) },
};

/* notrace, or seldom its own function. */
static const struct {
	const char *function, *caller;
} relays[] = {
	{ "__schedule", "schedule" },
	{ "__schedule", "preempt_schedule*" },
	{ "__schedule", "do_task_dead" },
	{ "preempt_schedule_common", "__cond_resched" },
	{ "__mmput", "mmput" },
	{ "__mmput", "mmput_async*" },
};

static int is(const char *pattern, const char *name)
{
	char part[128];
	size_t n = 0;

	for (; name[n] && name[n] != '.' && n < sizeof(part) - 1; n++)
		part[n] = name[n];
	part[n] = '\0';
	return !fnmatch(pattern, part, 0);
}

uint32_t marks_of(const char *function, const char *caller)
{
	uint32_t found = 0;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (!is(marks[i].function, function))
			continue;
		else if (marks[i].caller && !caller)
			found |= MARK(MARK_BY_CALLER);
		else if (!marks[i].caller || is(marks[i].caller, caller))
			found |= MARK(marks[i].mark);
	return found;
}

enum root marks_root(const char *function, uint32_t *found)
{
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (is(roots[i].function, function)) {
			*found = roots[i].marks;
			return roots[i].root;
		}
	*found = 0;
	return ROOT_NONE;
}

bool marks_relays(const char *function, const char *caller)
{
	for (size_t i = 0; i < sizeof(relays) / sizeof(*relays); i++)
		if (is(relays[i].function, function) &&
			(!caller || is(relays[i].caller, caller)))
			return true;
	return false;
}
