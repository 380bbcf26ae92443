/* SPDX-License-Identifier: MIT */
/* jobs.c: several runs at the same time, each in a process of its own. */
#include "minimize/jobs.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "minimize/trial.h"

void *minimize_jobs_room(size_t size)
{
	void *room = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return room == MAP_FAILED ? NULL : room;
}

void minimize_jobs_free(void *room, size_t size)
{
	munmap(room, size);
}

/* Asked to end, it ends its run; so it is when we are gone. */
__attribute__((noreturn)) static void be_job(struct minimize *m, size_t i,
	void (*work)(struct minimize *m, size_t i, void *with), void *with,
	const sigset_t *was, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigprocmask(SIG_SETMASK, was, NULL);
	if (getppid() != parent)
		_exit(1);
	m->progress = NULL;
	for (size_t k = 0; k < m->ncases; k++)
		explain_stdio_own(&m->cases[k].in);
	work(m, i, with);
	_exit(0);
}

static size_t reap(pid_t *pids, size_t n)
{
	size_t reaped = 0;
	int status;

	for (size_t i = 0; i < n; i++) {
		if (pids[i] <= 0 ||
			waitpid(pids[i], &status, WNOHANG) != pids[i])
			continue;
		pids[i] = 0;
		reaped++;
	}
	return reaped;
}

/* The signals of SET are held: none is missed between two looks. True when one
 * asked us to end. */
static bool wait_for(pid_t *pids, size_t n, size_t left, const sigset_t *set)
{
	bool asked = false;

	while (left -= reap(pids, n), left) {
		int sig = sigwaitinfo(set, NULL);

		if (sig < 0 || sig == SIGCHLD)
			continue;
		asked = true;
		for (size_t i = 0; i < n; i++)
			if (pids[i] > 0)
				kill(pids[i], SIGTERM);
	}
	return asked;
}

void minimize_jobs(struct minimize *m, size_t n,
	void (*work)(struct minimize *m, size_t i, void *with), void *with)
{
	pid_t pids[MINIMIZE_JOBS], parent = getpid();
	sigset_t set, was;
	size_t started = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &was);
	fflush(NULL);
	if (m->progress)
		m->progress(m);
	for (size_t i = 0; i < n && i < MINIMIZE_JOBS; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			be_job(m, i, work, with, &was, parent);
		started += pids[i] > 0;
		m->nruns += pids[i] > 0;
	}
	if (wait_for(pids, n, started, &set)) {
		m->stopped = true;
		minimize_fail(m, FAILURE_SYSTEM, m->command, "interrupted");
	}
	sigprocmask(SIG_SETMASK, &was, NULL);
}
