/* SPDX-License-Identifier: MIT */
/* loop.c: one pass: from fork to nothing left. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "explain/alarm.h"
#include "explain/answers.h"
#include "explain/arm.h"
#include "explain/drive.h"
#include "explain/ends.h"
#include "explain/filter.h"
#include "explain/open.h"
#include "explain/places.h"
#include "explain/refusal.h"
#include "explain/self.h"
#include "explain/start.h"
#include "explain/tasks.h"
#include "explain/untraced.h"
#include "explain/watch.h"
#include "sys/clock.h"
#include "sys/preflight.h"
#include "sys/proc.h"
#include "sys/tracing.h"

#define TICK 20000    /* microseconds between looks */
#define KILL 10000000 /* from SIGKILL until all must be gone */

static volatile sig_atomic_t stop_asked, ticked;

static void on_alarm(int sig)
{
	(void)sig;
	ticked = 1;
}

static void on_stop(int sig)
{
	(void)sig;
	stop_asked = 1;
}

bool explain_stopped(void)
{
	return stop_asked;
}

static void on_birth(struct pass *pass, const struct pass_task *parent)
{
	struct pass_task *task;
	unsigned long child = 0;

	if (tracing(PTRACE_GETEVENTMSG, parent->tid, 0, &child))
		return;
	task = pass_find(pass, (pid_t)child);
	if (!task)
		task = pass_add(pass, (pid_t)child);
	if (!task)
		return;
	/* It may have loaded some already. */
	task->filters |= parent->filters;
	task->privs_shut |= parent->privs_shut;
}

static void on_exec(struct pass *pass, struct pass_task *task)
{
	unsigned long old = 0;

	tracing(PTRACE_GETEVENTMSG, task->tid, 0, &old);
	pass_exec(pass, task, (pid_t)old);
	/* A function that is waited for is now another program's. */
	if (pass->phase == PASS_UNBORN ||
		((pass->phase == PASS_ENTRY || pass->phase == PASS_BREAK) &&
			task->process->no == 0))
		pass->phase = PASS_EXECED;
}

static long go_on(const struct pass *pass, const struct pass_task *task)
{
	return pass_arm_watches(pass, task) ? PTRACE_SYSCALL : PTRACE_CONT;
}

/* Before a call is made: the mark says what stopped it. */
static void on_seccomp(struct pass *pass, struct pass_task *task)
{
	struct __ptrace_syscall_info info = { 0 };

	if (tracing(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info), &info) <=
			0 ||
		info.op != PTRACE_SYSCALL_INFO_SECCOMP)
		return;
	if (info.seccomp.ret_data == EXPLAIN_MARK_LOAD) {
		if (!pass_self_asked(pass, task, &info))
			pass_self_load(pass, task, &info);
		return;
	}
	pass_keep_traced(pass, task, &info);
	switch (info.seccomp.ret_data) {
	case EXPLAIN_MARK_PTRACE:
	case EXPLAIN_MARK_CLONE:
		return;
	case EXPLAIN_MARK_LANDLOCK:
		pass->seen->landlock = true;
		return;
	case EXPLAIN_MARK_ALARM:
		pass_alarm_note(task, &info);
		return;
	}
	if (pass_on_refusal(pass, task, &info))
		pass_alarm_note(task, &info);
}

/* A stop that is an event of ptrace's own. */
static long on_event(struct pass *pass, struct pass_task *task, int status)
{
	switch (status >> 16) {
	case PTRACE_EVENT_EXIT:
		if (pass->killed)
			break;
		pass_on_exit(pass, task);
		pass_note_open(pass, task);
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		on_birth(pass, task);
		break;
	case PTRACE_EVENT_EXEC:
		on_exec(pass, task);
		break;
	case PTRACE_EVENT_SECCOMP:
		on_seccomp(pass, task);
		break;
	case PTRACE_EVENT_STOP:
		if (WSTOPSIG(status) != SIGTRAP)
			return PTRACE_LISTEN;
		pass_arm_halt(pass, task);
		break;
	}
	return go_on(pass, task);
}

static void on_call(struct pass *pass, struct pass_task *task)
{
	if (task->patch)
		pass_self_loaded(pass, task);
	else if (pass->phase == PASS_EXECED)
		pass_arm_exec(pass, task);
	else if (pass->phase == PASS_ARMED && task->again < 0)
		answers_note(pass, task);
	else
		pass_arm_call(pass, task);
}

static void on_stopped(struct pass *pass, pid_t tid, int status)
{
	struct pass_task *task = pass_find(pass, tid);
	int sig = WSTOPSIG(status);
	long request;

	if (!task)
		task = pass_add(pass, tid);
	if (!task) {
		pass_broken(pass, "out of memory");
		tracing(PTRACE_CONT, tid, 0, 0);
		return;
	}
	if (status >> 16) {
		request = on_event(pass, task, status);
		tracing((int)request, tid, 0, NULL);
		return;
	}
	if (sig == (SIGTRAP | 0x80)) {
		on_call(pass, task);
		sig = 0;
	} else if (sig == SIGTRAP && pass_arm_trap(pass, task)) {
		sig = 0;
	} else if (!pass->killed) {
		pass_on_signal(pass, task, sig);
	}
	tracing((int)go_on(pass, task), tid, 0, (void *)(long)sig);
}

static void on_ended(struct pass *pass, pid_t pid, int status)
{
	if (pass->plan->drive && drive_ended(pass, pid, status))
		return;
	pass_note_end(pass, pid, status);
	pass_drop(pass, pid);
	if (pid != pass->pid)
		return;
	pass->seen->us = clock_us() - pass->start;
	pass->ended = clock_us();
	pass->seen->status = status;
	pass->seen->ended = !pass->killed;
}

static void on_status(struct pass *pass, pid_t pid, int status)
{
	if (WIFSTOPPED(status))
		on_stopped(pass, pid, status);
	else
		on_ended(pass, pid, status);
}

static void on_tick(struct pass *pass)
{
	/* What is not traced may fork while it is counted. */
	if (stop_asked || (pass->killed && pass->untraced))
		pass_kill_all(pass);
	pass_arm_tick(pass);
	pass_watch_tick(pass, on_status);
	if (pass->plan->drive)
		drive_tick(pass);
	else
		pass_end_left(pass);
}

static void on_listener(struct pass *pass)
{
	struct seccomp_notif n;

	if (!pass_listen(pass, &n))
		return;
	pass_on_notif(pass, &n);
	pass_let_go(pass, &n);
}

/* What loops in the kernel, or waits there for what does not come, cannot be
 * killed: it is told, and left. */
static bool given_up(struct pass *pass)
{
	struct explain_seen *seen = pass->seen;

	if (!pass->killed || clock_us() - pass->killed_us < KILL)
		return false;
	if (!seen->broken[0])
		snprintf(seen->broken, sizeof(seen->broken),
			"some process of it did not die of SIGKILL within %d "
			"s, and is left",
			KILL / 1000000);
	return true;
}

static void loop(struct pass *pass)
{
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status,
			__WALL | (pass->listener >= 0 ? WNOHANG : 0));
		if (pid == 0)
			on_listener(pass);
		else if (pid > 0)
			on_status(pass, pid, status);
		else if (errno != EINTR)
			return;
		if (ticked || stop_asked) {
			ticked = 0;
			on_tick(pass);
		}
		if (tracing_failed() && !pass->seen->broken[0])
			pass_broken(pass, "%s", tracing_failed());
		if (given_up(pass))
			return;
	}
}

/* Of children that were waited for, and of theirs. */
static uint64_t cpu_us(void)
{
	struct rusage use;

	getrusage(RUSAGE_CHILDREN, &use);
	return (uint64_t)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000 +
	       (uint64_t)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

static void set_ticks(long us)
{
	struct itimerval it = {
		.it_interval.tv_usec = us,
		.it_value.tv_usec = us,
	};

	setitimer(ITIMER_REAL, &it, NULL);
}

/* No SA_RESTART: a signal is to end the wait. */
static void set_signals(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &sa, NULL);
	sa.sa_handler = on_stop;
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* The kernel writes a record some time after the death (kernel/audit.c,
 * kauditd). */
static void wait_for_log(struct pass *pass)
{
	const struct explain_seen *seen = pass->seen;

	pass_read_log(pass);
	for (int i = 0; i < 20 && pass->kernel_log >= 0 && !seen->nkills &&
			seen->ended && WIFSIGNALED(seen->status);
		i++) {
		usleep(10000);
		pass_read_log(pass);
	}
}

int explain_run(const struct explain_plan *plan, enum explain_mode mode,
	struct explain_seen *seen, struct failure *f)
{
	static struct pass pass;
	int err;

	memset(seen, 0, sizeof(*seen));
	seen->out = seen->err = -1;
	pass = (struct pass){ .plan = plan,
		.mode = mode,
		.seen = seen,
		.listener = -1,
		.kernel_log = -1 };
	if (!proc_is_own())
		return failure_set(f, FAILURE_SYSTEM, PROC_NOT_OWN);
	err = explain_io_open(&pass.io, plan->stdio,
		plan->quiet				? OUTPUT_PIPES
		: mode == EXPLAIN_REAL && !plan->hidden ? OUTPUT_SHOWN
							: OUTPUT_HIDDEN);
	if (err)
		return failure_set(f, FAILURE_SYSTEM,
			"no place for what the command writes: %s",
			strerror(-err));
	pass.filters_before = proc_filters(getpid());
	seen->under_another = pass.filters_before > 0;
	/* The one who tells of a kill that we cannot see. */
	if (plan->untraced && mode == EXPLAIN_REAL)
		pass.kernel_log = kernel_log_open(false);
	set_signals();
	tracing_begin();
	pass.start = clock_us();
	seen->cpu_us = cpu_us();
	err = pass_start(&pass);
	if (err)
		return failure_set(f, FAILURE_SYSTEM,
			"cannot start the command under ptrace: %s",
			preflight_ptrace_why(-err));
	set_ticks(TICK);
	loop(&pass);
	set_ticks(0);
	seen->cpu_us = cpu_us() - seen->cpu_us;
	seen->interrupted = pass_take_back();
	if (pass.listener >= 0)
		close(pass.listener);
	wait_for_log(&pass);
	if (pass.kernel_log >= 0)
		close(pass.kernel_log);
	if (plan->drive)
		drive_close(&pass);
	pass_free(&pass);
	pass_settle(&pass);
	explain_io_close(&pass.io, plan->stdio, &seen->out, &seen->err);
	seen->cut = pass.io.out.cut || pass.io.err.cut;
	return 0;
}

void explain_seen_free(struct explain_seen *seen)
{
	explain_places_free(&seen->places);
	explain_places_free(&seen->logged);
	explain_places_free(&seen->answered);
	free(seen->hang);
	seen->hang = NULL;
	if (seen->out >= 0)
		close(seen->out);
	if (seen->err >= 0)
		close(seen->err);
	seen->out = seen->err = -1;
}
