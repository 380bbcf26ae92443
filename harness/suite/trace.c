/* SPDX-License-Identifier: MIT */
/* trace.c: the tracer's loop: from fork to nothing left. */
#include "suite/trace.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hang/hang.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "suite/judge.h"
#include "suite/look.h"
#include "suite/start.h"
#include "suite/tasks.h"
#include "sys/tracing.h"

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

int trace_init(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &sa, NULL);
	sa.sa_handler = on_stop;
	sigaction(SIGTERM, &sa, NULL);
	signal(SIGINT, SIG_IGN);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		return -errno;
	/* gVisor has none: addresses there differ from run to run. */
	if (personality(ADDR_NO_RANDOMIZE) < 0 && errno != EINVAL)
		return -errno;
	return start_limits();
}

bool trace_stopped(void)
{
	return stop_asked;
}

/* A filtered thread that starts a process has left the sandbox. */
static void note_process(struct trace *t, const struct task *task)
{
	if (t->cell->filtered && t->box->page->stage >= CELL_ARMED &&
		proc_status(task->tid, "Seccomp") == 2)
		snprintf(t->ev->effect, sizeof(t->ev->effect), "process");
}

static void on_birth(struct trace *t, const struct task *parent)
{
	unsigned long child = 0;

	if (tracing(PTRACE_GETEVENTMSG, parent->tid, 0, &child))
		return;
	if (!tasks_find(t, (pid_t)child) && !tasks_add(t, (pid_t)child)) {
		snprintf(t->ev->limit, sizeof(t->ev->limit),
			"more than %d tasks at once", TRACE_TASKS);
		tasks_kill(t);
		return;
	}
	if (tasks_find(t, (pid_t)child)->tgid != parent->tgid)
		note_process(t, parent);
}

/* Returns the ptrace request that lets the task go on. */
static int on_event(struct trace *t, struct task *task, int status, int *sig)
{
	int event = status >> 16;

	*sig = 0;
	switch (event) {
	case PTRACE_EVENT_EXIT:
		if (!t->killed)
			trace_exit(t, task);
		return PTRACE_CONT;
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		on_birth(t, task);
		return PTRACE_CONT;
	case PTRACE_EVENT_STOP:
		return WSTOPSIG(status) == SIGTRAP ? PTRACE_CONT
						   : PTRACE_LISTEN;
	}
	*sig = WSTOPSIG(status);
	if (!t->killed)
		trace_signal(t, task, *sig);
	return PTRACE_CONT;
}

static void on_stopped(struct trace *t, pid_t tid, int status)
{
	struct task *task = tasks_find(t, tid);
	int sig, request;

	if (!task)
		task = tasks_add(t, tid);
	if (!task) {
		/* Beyond the limit: it is being killed. */
		tracing(PTRACE_CONT, tid, 0, 0);
		return;
	}
	request = on_event(t, task, status, &sig);
	tracing(request, tid, 0, (void *)(long)sig);
}

static void on_status(struct trace *t, pid_t pid, int status)
{
	if (WIFSTOPPED(status)) {
		on_stopped(t, pid, status);
		return;
	}
	tasks_drop(t, pid);
	if (pid != t->pid)
		return;
	if (!t->killed) {
		t->ev->wait_status = status;
		t->ev->ended = true;
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
			snprintf(t->ev->limit, sizeof(t->ev->limit),
				"a file of more than 16 MiB");
		t->ev->us = clock_us() - t->start;
	}
	/* The partners that it leaves behind go with it. */
	tasks_kill(t);
}

/* The cell's processes, also those that hid from the tracer. */
static int live_pids(struct trace *t, pid_t pids[TRACE_PROCESSES])
{
	int n;

	pids[0] = t->pid;
	n = 1 + proc_children(t->pid, pids + 1, TRACE_PROCESSES - 1);
	if (n == TRACE_PROCESSES && !t->killed) {
		snprintf(t->ev->limit, sizeof(t->ev->limit),
			"%d processes at once", TRACE_PROCESSES);
		tasks_kill(t);
	}
	return n;
}

/* Once it runs it is not asked after again: to ask is to wake somebody. */
static enum hang_answer no_itimer(pid_t pid, pid_t tid, void *with)
{
	struct trace *t = with;
	enum hang_answer answer;

	(void)pid;
	if (t->itimer_runs)
		return HANG_NO;
	answer = trace_no_itimer(t, tid, on_status);
	t->itimer_runs = answer == HANG_NO;
	return answer;
}

static bool prove(struct trace *t)
{
	pid_t pids[TRACE_PROCESSES];
	const struct cell_page *page = t->box->page;
	struct hang_facts facts = {
		.pids = pids,
		.npids = live_pids(t, pids),
		.timers_impossible =
			t->cell->timers_impossible && !page->itimer,
		.no_itimer = t->cell->untraced ? NULL : no_itimer,
		.with = t,
		.shared_dev = t->page_dev,
		.shared_ino = t->page_ino,
		.stops_told = true,
	};

	memset(&t->ev->hang, 0, sizeof(t->ev->hang));
	facts.unlisted =
		facts.npids == TRACE_PROCESSES || !proc_lists_children();
	t->ev->hang.proven = hang_prove(&facts, &t->ev->hang);
	return t->ev->hang.proven;
}

static bool anybody_runs(const struct hang *hang)
{
	for (int i = 0; i < hang->nthreads; i++)
		if (hang->threads[i].state == 'R')
			return true;
	return false;
}

static long cpu_used(struct trace *t)
{
	pid_t pids[TRACE_PROCESSES];
	int n = live_pids(t, pids);
	long us = 0;

	for (int i = 0; i < n; i++)
		us += proc_cpu_us(pids[i]);
	return us;
}

static void end_hang(struct trace *t, bool spins)
{
	t->ev->hang.spins = spins;
	t->ev->leader_zombie = proc_state(t->pid, t->pid) == 'Z';
	if (!t->cell->untraced)
		trace_hang_stacks(t, on_status);
	/* Somebody ended it while it was looked at. */
	t->ev->hung = !t->ev->ended;
	t->ev->leader_zombie = t->ev->leader_zombie && t->ev->hung;
	if (t->ev->hung)
		t->ev->us = clock_us() - t->start;
	tasks_kill(t);
}

/* What did not end in TRACE_WALL of a machine's time need not hang. */
static void end_slow(struct trace *t, long cpu)
{
	if (!t->ev->broken[0])
		snprintf(t->ev->broken, sizeof(t->ev->broken),
			"no end within %u s, in which it had %ld ms of "
			"processor time",
			TRACE_WALL / 1000000 * t->cell->slow, cpu / 1000);
	tasks_kill(t);
}

static void look(struct trace *t, uint64_t now)
{
	const unsigned slow = t->cell->slow;
	long cpu = cpu_used(t);
	bool late = now - t->start > (uint64_t)TRACE_WALL * slow;

	if (cpu != t->cpu)
		t->asleep_since = now;
	t->cpu = cpu;
	if (t->stage != t->box->page->stage) {
		t->stage = t->box->page->stage;
		t->cpu_base = cpu;
		t->spin = (struct spin){ 0 };
	}
	if (prove(t))
		end_hang(t, false);
	else if (spin_used(&t->spin, cpu - t->cpu_base,
			 (long)TRACE_CPU * (long)slow) &&
		 spin_look(&t->spin, &t->ev->hang))
		end_hang(t, true);
	else if (anybody_runs(&t->ev->hang) && late)
		end_slow(t, cpu);
	else if (anybody_runs(&t->ev->hang))
		t->asleep_since = now;
	else if (late || now - t->asleep_since > (uint64_t)TRACE_IDLE * slow)
		end_hang(t, false);
}

/* They double, and leave most of the time to the cell: of hundreds of threads
 * on a slow machine one may cost more than there is between two ticks. */
static void plan_look(struct trace *t, uint64_t cost)
{
	t->look *= 2;
	if (t->look > 64 * TRACE_TICK)
		t->look = 64 * TRACE_TICK;
	t->next_look = clock_us() + (t->look > 4 * cost ? t->look : 4 * cost);
}

/* A tick went by. */
static void on_tick(struct trace *t)
{
	uint64_t now = clock_us();

	if (stop_asked)
		tasks_kill(t);
	if (t->killed) {
		/* One may have been born just then. */
		if (now - t->killed_us > TRACE_KILL)
			tasks_kill(t);
		return;
	}
	if (t->box->page->stage < CELL_STARTED) {
		if (now - t->start > (uint64_t)TRACE_WALL * t->cell->slow)
			end_slow(t, cpu_used(t));
		return;
	}
	if (now < t->next_look)
		return;
	look(t, now);
	plan_look(t, clock_us() - now);
}

static void set_ticks(long us)
{
	struct itimerval it = {
		.it_interval.tv_usec = us,
		.it_value.tv_usec = us,
	};

	setitimer(ITIMER_REAL, &it, NULL);
}

static void loop(struct trace *t)
{
	int status, told = 0;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, __WALL);
		if (pid > 0) {
			on_status(t, pid, status);
			/* It stood still for as long as we looked at it. */
			t->asleep_since = clock_us();
		} else if (errno != EINTR) {
			return;
		}
		if (tracing_failed() && !t->killed)
			tasks_kill(t);
		if (!ticked && !stop_asked)
			continue;
		/* A look takes its time: first those go on that wait for us,
		 * unless they come without end. */
		if (pid > 0 && told++ < TRACE_TASKS && proc_news(true))
			continue;
		told = 0;
		ticked = 0;
		on_tick(t);
		if (t->killed && tasks_unkillable(t))
			return;
	}
}

static void read_page(struct trace *t)
{
	const struct cell_page *page = t->box->page;
	struct evidence *ev = t->ev;

	ev->stage = page->stage;
	ev->result = page->result;
	ev->line = page->line;
	ev->nvalues = page->nvalues > 16 ? 16 : (int)page->nvalues;
	memcpy(ev->values, page->values, sizeof(ev->values));
	if (ev->stage == 0 && ev->ended && WIFEXITED(ev->wait_status) &&
		WEXITSTATUS(ev->wait_status) == 127 && !ev->broken[0])
		snprintf(ev->broken, sizeof(ev->broken), "cannot start %s: %s",
			t->cell->path, strerror(-ev->result));
}

void trace_cell(const struct trace_cell *cell, struct box *box,
	struct stack_cache *stacks, struct evidence *ev)
{
	static struct trace t;
	struct stat st;

	memset(ev, 0, sizeof(*ev));
	t = (struct trace){ .cell = cell,
		.box = box,
		.stacks = stacks,
		.ev = ev,
		.start = clock_us(),
		.look = TRACE_TICK };
	t.asleep_since = t.start;
	if (!fstat(box->page_fd, &st)) {
		t.page_dev = st.st_dev;
		t.page_ino = st.st_ino;
	}
	tracing_begin();
	set_ticks(TRACE_TICK);
	if (start_cell(&t) && !ev->broken[0])
		snprintf(ev->broken, sizeof(ev->broken), "cannot fork: %s",
			strerror(errno));
	loop(&t);
	set_ticks(0);
	read_page(&t);
	judge_refusals(ev, box->page->mode == CELL_STRICT);
	if (tracing_failed() && !ev->broken[0])
		snprintf(
			ev->broken, sizeof(ev->broken), "%s", tracing_failed());
	if (stop_asked)
		snprintf(ev->broken, sizeof(ev->broken), "interrupted");
	box_effects(box, ev);
	if (!ev->us)
		ev->us = clock_us() - t.start;
}
