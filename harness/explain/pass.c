/* SPDX-License-Identifier: MIT */
/* pass.c: one pass: from fork to nothing left. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "explain/pass.h"
#include "explain/places.h"
#include "sys/inherit.h"
#include "cmd/quartet.h"

#define TICK	 20000	 /* microseconds between looks */
#define GRACE	 1000000 /* for processes that outlive the command */
#define LEFT_MAX 1000	 /* such processes; more are not counted */

static volatile sig_atomic_t stop_asked, ticked, interrupted;

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

static void on_interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

bool explain_stopped(void)
{
	return stop_asked;
}

uint64_t run_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000;
}

void run_broken(struct explain_run *run, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	if (!run->seen->broken[0])
		vsnprintf(run->seen->broken, sizeof(run->seen->broken), format,
			ap);
	va_end(ap);
	run_kill_all(run);
}

/*
 * Unless it is asked for: without the shuffling of addresses the passes meet
 * the same ones, and the unwinder can keep what it learned.
 */
__attribute__((noreturn)) static void run_child(
	const struct explain_run *run, int go)
{
	char c;

	explain_io_enter(&run->io);
	inherit_only();
	if (!run->plan->shuffled)
		personality(ADDR_NO_RANDOMIZE);
	if (read(go, &c, 1) == 1)
		execvp(run->plan->path, run->plan->argv);
	fprintf(stderr, "quartet: explain: %s: %s\n", run->plan->path,
		strerror(errno));
	_exit(127);
}

/* What the terminal sends is the command's; the child has its own. */
static void take_terminal(bool take)
{
	static const int signals[] = { SIGINT, SIGQUIT };
	static struct sigaction was[2];
	const struct sigaction sa = { .sa_handler = on_interrupt };

	for (int i = 0; i < 2; i++)
		sigaction(signals[i], take ? &sa : &was[i],
			take ? &was[i] : NULL);
}

static int start(struct explain_run *run)
{
	const long options = PTRACE_O_TRACEEXIT | PTRACE_O_TRACECLONE |
			     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_TRACEEXEC | PTRACE_O_TRACESECCOMP |
			     PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	int go[2], err = 0;

	if (pipe2(go, O_CLOEXEC))
		return -errno;
	run->pid = fork();
	if (run->pid < 0)
		return -errno;
	if (run->pid == 0)
		run_child(run, go[0]);
	if (ptrace(PTRACE_SEIZE, run->pid, 0, options))
		err = -errno;
	if (!run_add(run, run->pid))
		err = -ENOMEM;
	if (!err)
		err = explain_io_start(&run->io);
	take_terminal(true);
	if (!err && write(go[1], "", 1) != 1)
		err = -errno;
	close(go[0]);
	close(go[1]);
	if (err)
		kill(run->pid, SIGKILL);
	return err;
}

static void on_birth(struct explain_run *run, const struct run_task *parent)
{
	unsigned long child = 0;

	if (!ptrace(PTRACE_GETEVENTMSG, parent->tid, 0, &child) &&
		!run_find(run, (pid_t)child))
		run_add(run, (pid_t)child);
}

static void on_exec(struct explain_run *run, struct run_task *task)
{
	unsigned long old = 0;

	ptrace(PTRACE_GETEVENTMSG, task->tid, 0, &old);
	run_exec(run, task, (pid_t)old);
	/* A function that is waited for is now another program's. */
	if (run->phase == RUN_UNBORN ||
		((run->phase == RUN_ENTRY || run->phase == RUN_BREAK) &&
			task->process->no == 0))
		run->phase = RUN_EXECED;
}

static long go_on(const struct explain_run *run, const struct run_task *task)
{
	return run_arm_watches(run, task) ? PTRACE_SYSCALL : PTRACE_CONT;
}

/* A stop that is an event of ptrace's own. */
static long on_event(struct explain_run *run, struct run_task *task, int status)
{
	switch (status >> 16) {
	case PTRACE_EVENT_EXIT:
		if (!run->killed)
			run_on_exit(run, task);
		break;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		on_birth(run, task);
		break;
	case PTRACE_EVENT_EXEC:
		on_exec(run, task);
		break;
	case PTRACE_EVENT_SECCOMP:
		run_on_seccomp(run, task);
		break;
	case PTRACE_EVENT_STOP:
		if (WSTOPSIG(status) != SIGTRAP)
			return PTRACE_LISTEN;
		run_arm_halt(run, task);
		break;
	}
	return go_on(run, task);
}

static void on_call(struct explain_run *run, struct run_task *task)
{
	if (task->patch)
		run_self_loaded(run, task);
	else if (run->phase == RUN_EXECED)
		run_arm_exec(run, task);
	else
		run_arm_call(run, task);
}

static void on_stopped(struct explain_run *run, pid_t tid, int status)
{
	struct run_task *task = run_find(run, tid);
	int sig = WSTOPSIG(status);
	long request;

	if (!task)
		task = run_add(run, tid);
	if (!task) {
		run_broken(run, "out of memory");
		ptrace(PTRACE_CONT, tid, 0, 0);
		return;
	}
	if (status >> 16) {
		request = on_event(run, task, status);
		ptrace(request, tid, 0, 0);
		return;
	}
	if (sig == (SIGTRAP | 0x80)) {
		on_call(run, task);
		sig = 0;
	} else if (sig == SIGTRAP && run_arm_trap(run, task)) {
		sig = 0;
	} else if (!run->killed) {
		run_on_signal(run, task, sig);
	}
	ptrace(go_on(run, task), tid, 0, sig);
}

static void on_ended(struct explain_run *run, pid_t pid, int status)
{
	run_note_end(run, pid, status);
	run_drop(run, pid);
	if (pid != run->pid)
		return;
	run->seen->us = run_now() - run->start;
	run->ended = run_now();
	run->seen->status = status;
	run->seen->ended = !run->killed;
}

/* What the command leaves behind may have something to finish; then it goes. */
static void on_tick(struct explain_run *run)
{
	pid_t pids[LEFT_MAX];
	int n;

	/* What is not traced may fork while it is counted. */
	if (stop_asked || (run->killed && run->untraced))
		run_kill_all(run);
	run_arm_tick(run);
	run_watch_tick(run);
	if (!run->ended || run->killed || run_now() - run->ended < GRACE)
		return;
	n = run_pids(run, pids, LEFT_MAX);
	run->seen->left_behind = n < 0 ? LEFT_MAX : n;
	run_kill_all(run);
}

static void loop(struct explain_run *run)
{
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status,
			__WALL | (run->listener >= 0 ? WNOHANG : 0));
		if (pid == 0)
			run_listen(run);
		else if (pid > 0 && WIFSTOPPED(status))
			on_stopped(run, pid, status);
		else if (pid > 0)
			on_ended(run, pid, status);
		else if (errno != EINTR)
			return;
		if (ticked || stop_asked) {
			ticked = 0;
			on_tick(run);
		}
	}
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

static int fail(const char *what, int err)
{
	fprintf(stderr, "quartet: explain: %s: %s\n", what, strerror(-err));
	return EXIT_SYSTEM;
}

/* Who is traced stops once more on his way out. */
static void reap_killed(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR)
		if (pid > 0 && WIFSTOPPED(status))
			ptrace(PTRACE_CONT, pid, 0, 0);
}

/* Who hangs, and who was killed, is looked up by number. */
static bool is_own_proc(void)
{
	char own[16], link[16] = "";
	ssize_t n = readlink("/proc/self", link, sizeof(link) - 1);

	snprintf(own, sizeof(own), "%d", (int)getpid());
	return n > 0 && !strcmp(own, link);
}

/* The kernel writes a record some time after the death (kernel/audit.c,
 * kauditd). */
static void wait_for_log(struct explain_run *run)
{
	const struct explain_seen *seen = run->seen;

	run_read_log(run);
	for (int i = 0; i < 20 && run->kernel_log >= 0 && !seen->nkills &&
			seen->ended && WIFSIGNALED(seen->status);
		i++) {
		usleep(10000);
		run_read_log(run);
	}
}

int explain_run(const struct explain_plan *plan, enum explain_mode mode,
	struct explain_seen *seen)
{
	static struct explain_run run;
	int err;

	memset(seen, 0, sizeof(*seen));
	seen->out = seen->err = -1;
	run = (struct explain_run){ .plan = plan,
		.mode = mode,
		.seen = seen,
		.listener = -1,
		.kernel_log = -1 };
	if (!is_own_proc()) {
		fputs("quartet: explain: /proc is not there, or of another PID "
		      "namespace: mount -t proc proc /proc\n",
			stderr);
		return EXIT_SYSTEM;
	}
	err = explain_io_open(&run.io, plan->stdio,
		plan->quiet	       ? OUTPUT_PIPES
		: mode == EXPLAIN_REAL ? OUTPUT_SHOWN
				       : OUTPUT_HIDDEN);
	if (err)
		return fail("no place for what the command writes", err);
	/* The one who tells of a kill that we cannot see. */
	if (plan->untraced && mode == EXPLAIN_REAL)
		run.kernel_log = kernel_log_open(false);
	set_signals();
	run.start = run_now();
	interrupted = 0;
	err = start(&run);
	if (err) {
		reap_killed();
		return fail("cannot start the command under ptrace", err);
	}
	set_ticks(TICK);
	loop(&run);
	set_ticks(0);
	take_terminal(false);
	seen->interrupted = interrupted;
	if (run.listener >= 0)
		close(run.listener);
	wait_for_log(&run);
	if (run.kernel_log >= 0)
		close(run.kernel_log);
	run_free(&run);
	run_settle(&run);
	explain_io_close(&run.io, plan->stdio, &seen->out, &seen->err);
	return 0;
}

void explain_seen_free(struct explain_seen *seen)
{
	explain_places_free(&seen->places);
	explain_places_free(&seen->logged);
	free(seen->hang);
	seen->hang = NULL;
	if (seen->out >= 0)
		close(seen->out);
	if (seen->err >= 0)
		close(seen->err);
	seen->out = seen->err = -1;
}
