/* SPDX-License-Identifier: MIT */
/*
 * alarm.c: until when the interval timer of each process may fire.
 *
 * Nobody but its process can read a timer, but who sees every call that sets
 * one knows it too. It is ITIMER_REAL alone, which alarm(2) sets as well: the
 * others count processor time, and a process that sleeps uses none. An exec
 * keeps it, a fork does not give it on (setitimer(2)).
 */
#include "explain/alarm.h"

#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <unistd.h>

#include "explain/filter.h"
#include "explain/tasks.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/clock.h"
#include "sys/inject.h"
#include "sys/mem.h"
#include "sys/regs.h"

#define SLACK 200000 /* microseconds from a timer's end to its signal */

union timer {
	int64_t now64[4]; /* interval and value, in seconds and microseconds */
	int32_t now32[4];
};

static bool read_timer(pid_t tid, bool is_32, uint64_t at, int64_t to[4])
{
	union timer t;

	if (!mem_read_all(tid, at, &t, is_32 ? sizeof(t.now32) : sizeof(t)))
		return false;
	for (int i = 0; i < 4; i++)
		to[i] = is_32 ? t.now32[i] : t.now64[i];
	return true;
}

static uint64_t end_of(const int64_t timer[4])
{
	if (!timer[2] && !timer[3])
		return 0;
	if (timer[0] || timer[1] || timer[2] < 0 || timer[2] > 1 << 30)
		return UINT64_MAX;
	return clock_us() + (uint64_t)timer[2] * 1000000 + (uint64_t)timer[3] +
	       SLACK;
}

static void set(struct pass_process *p, uint64_t end)
{
	/* Which of two threads comes last is not known. */
	if (p->tasks == 1 || end > p->alarm)
		p->alarm = end;
}

void pass_alarm_note(
	const struct pass_task *task, const struct __ptrace_syscall_info *info)
{
	bool is_32 = info->arch == ARCH_COMPAT;
	int nr = (int)info->seccomp.nr;
	const __u64 *args = (const __u64 *)info->seccomp.args;
	int64_t timer[4] = { 0 };

	if (nr == calls_number(info->arch, "alarm")) {
		timer[2] = (uint32_t)args[0];
		set(task->process, end_of(timer));
	}
	if (nr != calls_number(info->arch, "setitimer") ||
		(int)args[0] != ITIMER_REAL)
		return;
	/* What cannot be read the kernel does not read either. */
	if (!args[1] || read_timer(task->tid, is_32, args[1], timer))
		set(task->process, end_of(timer));
}

bool pass_alarm_ask(struct pass_task *task)
{
	int64_t timer[4];

	if (task->process->tasks != 1 || inject_getitimer(task->tid, timer))
		return false;
	task->process->alarm = end_of(timer);
	return true;
}

const struct pass_process *pass_alarm_next(const struct pass *pass)
{
	const struct pass_process *p = pass->processes;
	uint64_t now = clock_us();

	while (p && p->alarm < now)
		p = p->next;
	return p;
}
