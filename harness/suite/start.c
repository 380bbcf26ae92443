/* SPDX-License-Identifier: MIT */
/* start.c: a cell's process, from fork to its program. */
#include "suite/start.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>

#include "suite/tasks.h"
#include "sys/preflight.h"
#include "sys/sys.h"

static int set_limit(int what, rlim_t soft)
{
	struct rlimit r;

	if (getrlimit(what, &r))
		return -errno;
	r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
	return setrlimit(what, &r) ? -errno : 0;
}

int start_limits(void)
{
	static const struct {
		int what;
		rlim_t soft;
	} limits[] = {
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 16 << 20 },
		{ RLIMIT_NOFILE, 256 },
		{ RLIMIT_STACK, 8 << 20 },
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(limits) / sizeof(*limits); i++)
		ret = set_limit(limits[i].what, limits[i].soft);
	return ret;
}

/* Here, not in start_limits: sanitizers map terabytes, and the worker that is
 * built with them could map no more. */
static void limit_data(void)
{
	const rlim_t soft = 1UL << 30;
	struct rlimit r;

	if (sys(__NR_prlimit64, 0, RLIMIT_DATA, NULL, &r))
		return;
	r.rlim_cur = soft < r.rlim_max ? soft : r.rlim_max;
	sys(__NR_prlimit64, 0, RLIMIT_DATA, &r, NULL);
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

	limit_data();
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

int start_cell(struct trace *t)
{
	const long options = PTRACE_O_TRACEEXIT | PTRACE_O_TRACECLONE |
			     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_EXITKILL;

	static char stack[65536] __attribute__((aligned(16)));

	t->pid = clone(run_child, stack + sizeof(stack), CLONE_VM | SIGCHLD, t);
	if (t->pid < 0)
		return -errno;
	tasks_add(t, t->pid);
	if (!t->cell->untraced && ptrace(PTRACE_SEIZE, t->pid, 0, options)) {
		int err = -errno;

		snprintf(t->ev->broken, sizeof(t->ev->broken),
			"this process may not trace its children: %s",
			preflight_ptrace_why(-err));
		tasks_kill(t);
		return err;
	}
	if (write(t->box->go[1], "", 1) == 1)
		return 0;
	snprintf(t->ev->broken, sizeof(t->ev->broken), "cannot let it go: %s",
		strerror(errno));
	tasks_kill(t);
	return -EPIPE;
}
