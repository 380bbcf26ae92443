/* SPDX-License-Identifier: MIT */
/* trace.c: the tracer's loop: from fork to nothing left. */
#include "suite/trace.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hang/hang.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "sys/sys.h"
#include "suite/judge.h"
#include "suite/look.h"

static volatile sig_atomic_t stop_asked;

static void on_alarm(int sig)
{
	(void)sig;
}

static void on_stop(int sig)
{
	(void)sig;
	stop_asked = 1;
}

static int set_limit(int what, rlim_t soft)
{
	struct rlimit r;

	if (getrlimit(what, &r))
		return -errno;
	r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
	return setrlimit(what, &r) ? -errno : 0;
}

/* Inherited by the cells; none of them binds the worker itself. */
static int set_limits(void)
{
	static const struct {
		int what;
		rlim_t soft;
	} limits[] = {
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 16 << 20 },
		{ RLIMIT_NOFILE, 256 },
		{ RLIMIT_DATA, 1UL << 30 },
		{ RLIMIT_STACK, 8 << 20 },
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(limits) / sizeof(*limits); i++)
		ret = set_limit(limits[i].what, limits[i].soft);
	return ret;
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
	if (personality(ADDR_NO_RANDOMIZE) < 0)
		return -errno;
	return set_limits();
}

bool trace_stopped(void)
{
	return stop_asked;
}

/*
 * The child shares the runner's memory, on a stack of its own, until it execs:
 * to copy the page tables of a runner with symbols loaded costs more than the
 * cell. So nothing here may allocate, buffer or look at errno behind execve:
 * the errno is the runner's too. A failure is told by the page.
 */
static int run_child(void *arg)
{
	const struct trace_cell *cell = ((struct trace *)arg)->cell;
	const struct box *box = ((struct trace *)arg)->box;
	char *argv[] = { (char *)cell->path, NULL };
	char *envp[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", NULL };
	char go;
	int ret;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	ret = box_enter(box, cell->no_stdin);
	if (!ret && read(box->go[0], &go, 1) == 1)
		ret = (int)sys(__NR_execve, cell->path, argv, envp);
	box->page->result = ret;
	_exit(127);
}

static struct task *find(struct trace *t, pid_t tid)
{
	for (int i = 0; i < t->ntasks; i++)
		if (t->tasks[i].tid == tid)
			return &t->tasks[i];
	return NULL;
}

/* A task that was not seen before: its process is asked of /proc. */
static struct task *add(struct trace *t, pid_t tid)
{
	struct task *task;
	long tgid;

	if (t->ntasks == TRACE_TASKS)
		return NULL;
	tgid = tid == t->pid ? tid : proc_status(tid, "Tgid");
	task = &t->tasks[t->ntasks++];
	task->tid = tid;
	task->tgid = tgid > 0 ? (pid_t)tgid : tid;
	task->no = task->tgid == t->pid ? t->ev->nthreads++ : 0;
	return task;
}

static void drop(struct trace *t, pid_t tid)
{
	struct task *task = find(t, tid);

	if (task)
		*task = t->tasks[--t->ntasks];
}

static void kill_all(struct trace *t)
{
	pid_t left[TRACE_TASKS];
	int n;

	t->killed = true;
	for (int i = 0; i < t->ntasks; i++)
		kill(t->tasks[i].tgid, SIGKILL);
	n = proc_children(getpid(), left, TRACE_TASKS);
	for (int i = 0; i < n; i++)
		kill(left[i], SIGKILL);
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

	if (ptrace(PTRACE_GETEVENTMSG, parent->tid, 0, &child))
		return;
	if (!find(t, (pid_t)child) && !add(t, (pid_t)child)) {
		snprintf(t->ev->limit, sizeof(t->ev->limit),
			"more than %d tasks at once", TRACE_TASKS);
		kill_all(t);
		return;
	}
	if (find(t, (pid_t)child)->tgid != parent->tgid)
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
	struct task *task = find(t, tid);
	int sig, request;

	if (!task)
		task = add(t, tid);
	if (!task) {
		/* Beyond the limit: it is being killed. */
		ptrace(PTRACE_CONT, tid, 0, 0);
		return;
	}
	request = on_event(t, task, status, &sig);
	ptrace(request, tid, 0, sig);
}

static void on_status(struct trace *t, pid_t pid, int status)
{
	if (WIFSTOPPED(status)) {
		on_stopped(t, pid, status);
		return;
	}
	drop(t, pid);
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
	kill_all(t);
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
		kill_all(t);
	}
	return n;
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
	t->ev->hung = true;
	t->ev->hang.spins = spins;
	t->ev->leader_zombie = proc_state(t->pid, t->pid) == 'Z';
	t->ev->us = clock_us() - t->start;
	if (!t->cell->untraced)
		trace_hang_stacks(t);
	kill_all(t);
}

/* A tick went by. Looks cost more the longer they go on: they double. */
static void on_tick(struct trace *t)
{
	uint64_t now = clock_us();
	long cpu;

	if (stop_asked)
		kill_all(t);
	if (t->killed || t->box->page->stage < CELL_STARTED) {
		if (now - t->start > TRACE_WALL)
			kill_all(t);
		return;
	}
	if (now < t->next_look)
		return;
	cpu = cpu_used(t);
	if (cpu != t->cpu)
		t->asleep_since = now;
	t->cpu = cpu;
	if (prove(t))
		end_hang(t, false);
	else if (cpu > TRACE_CPU || now - t->start > TRACE_WALL)
		end_hang(t, cpu > TRACE_CPU);
	else if (anybody_runs(&t->ev->hang))
		t->asleep_since = now;
	else if (now - t->asleep_since > TRACE_IDLE)
		end_hang(t, false);
	t->next_look = now + (t->look *= 2);
	if (t->look > 64 * TRACE_TICK)
		t->look = 64 * TRACE_TICK;
}

static int start(struct trace *t)
{
	const long options = PTRACE_O_TRACEEXIT | PTRACE_O_TRACECLONE |
			     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_EXITKILL;

	static char stack[65536] __attribute__((aligned(16)));

	t->pid = clone(run_child, stack + sizeof(stack), CLONE_VM | SIGCHLD, t);
	if (t->pid < 0)
		return -errno;
	add(t, t->pid);
	if (!t->cell->untraced && ptrace(PTRACE_SEIZE, t->pid, 0, options)) {
		int err = -errno;

		snprintf(t->ev->broken, sizeof(t->ev->broken),
			"ptrace is not permitted here: %s", strerror(-err));
		kill_all(t);
		return err;
	}
	return write(t->box->go[1], "", 1) == 1 ? 0 : -errno;
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
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, __WALL);
		if (pid > 0)
			on_status(t, pid, status);
		else if (errno == EINTR)
			on_tick(t);
		else
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
	set_ticks(TRACE_TICK);
	if (start(&t) && !ev->broken[0])
		snprintf(ev->broken, sizeof(ev->broken), "cannot fork: %s",
			strerror(errno));
	loop(&t);
	set_ticks(0);
	read_page(&t);
	judge_refusals(ev, box->page->mode == CELL_STRICT);
	if (stop_asked)
		snprintf(ev->broken, sizeof(ev->broken), "interrupted");
	box_effects(box, ev);
	if (!ev->us)
		ev->us = clock_us() - t.start;
}
