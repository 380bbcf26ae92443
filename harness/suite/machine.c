/* SPDX-License-Identifier: MIT */
/* machine.c: a kernel that runs in a process of its own, for one worker. */
#include "suite/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/keeper.h"
#include "suite/worker.h"
#include "sys/failure.h"
#include "sys/text.h"

/* A kernel whose line is closed has so long to end. */
#define ENDS_MS 5000

struct guard {
	const struct machine_kind *kind;
	struct machine_ends ends;
	int alive;  /* see keeper.h */
	pid_t *pid; /* of the kernel, shared with its keeper */
};

/* By way of where none of them lies. */
void machine_put_descriptors(const struct machine_ends *e)
{
	int fds[] = { open("/dev/null", O_RDONLY), e->said, e->said, e->in,
		e->out, e->said };

	for (int i = 0; i < 6; i++)
		fds[i] = fcntl(fds[i], F_DUPFD, 10);
	for (int i = 0; i < 6; i++)
		dup2(fds[i], i);
	close_range(6, ~0U, 0);
}

/* To its console, where it could not say it itself. */
static void tell_end(const struct guard *g, int status)
{
	char name[TEXT_SIGNAL];

	if (WIFSIGNALED(status))
		dprintf(g->ends.said, "quartet: %s was ended by %s\n",
			g->kind->program, text_signal(WTERMSIG(status), name));
	else if (WEXITSTATUS(status))
		dprintf(g->ends.said, "quartet: %s ended with status %d\n",
			g->kind->program, WEXITSTATUS(status));
}

static bool ended(pid_t pid, int *status)
{
	siginfo_t info = { 0 };

	/* It stays a zombie: its group is to be killed, and no other. */
	if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) ||
		!info.si_pid)
		return false;
	*status = info.si_code == CLD_EXITED ? info.si_status << 8
					     : info.si_status;
	return true;
}

/*
 * User-mode Linux has a process for each of its own, and they outlive it, rid
 * of their tracer: they would make their calls to this kernel. They are all in
 * its process group, which is ended when it is, or the keeper.
 */
static void stand_guard(const struct guard *g)
{
	struct pollfd fds[] = { { .fd = g->alive, .events = POLLIN },
		{ .fd = -1, .events = POLLIN } };
	int status = 0;
	char ends;
	pid_t pid;

	setsid();
	signal(SIGTERM, SIG_DFL);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		g->kind->become(&g->ends);
		_exit(127);
	}
	*g->pid = pid;
	close(g->ends.in);
	close(g->ends.out);
	fds[1].fd = (int)syscall(SYS_pidfd_open, pid, 0);
	while (pid > 0 && !ended(pid, &status) && poll(fds, 2, 50) == 0)
		;
	/* Its line is closed some time before it has ended. */
	if (pid > 0 && !ended(pid, &status) && read(g->alive, &ends, 1) == 1)
		for (int i = 0; i < ENDS_MS && !ended(pid, &status); i++)
			usleep(1000);
	if (pid > 0)
		kill(-pid, SIGKILL);
	tell_end(g, status);
	_exit(0);
}

static int open_pipes(int down[2], int up[2], int said[2], int alive[2])
{
	if (pipe2(down, O_CLOEXEC) || pipe2(up, O_CLOEXEC) ||
		pipe2(said, O_CLOEXEC) || pipe2(alive, O_CLOEXEC))
		return -errno;
	fcntl(down[1], F_SETPIPE_SZ, 1 << 20);
	fcntl(down[1], F_SETFL, O_NONBLOCK);
	return 0;
}

pid_t machine_start(const struct kernel_start *st,
	const struct machine_kind *kind, struct machine *m)
{
	struct guard guard = { .kind = kind, .ends.st = st }, *g = &guard;
	int down[2], up[2], said[2], alive[2], err = 0;
	pid_t pid;

	g->pid = mmap(NULL, sizeof(*g->pid), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (g->pid == MAP_FAILED)
		err = -errno;
	if (!err)
		err = open_pipes(down, up, said, alive);
	if (err)
		return err;
	g->ends.in = down[0];
	g->ends.out = up[1];
	g->ends.said = said[1];
	g->alive = alive[0];
	pid = fork();
	err = -errno;
	if (pid == 0) {
		close(down[1]);
		close(alive[1]);
		stand_guard(g);
	}
	close(down[0]);
	close(up[1]);
	close(said[1]);
	close(alive[0]);
	*m = (struct machine){ .guard = pid,
		.alive = alive[1],
		.pid = g->pid,
		.in = up[0],
		.out = down[1],
		.said = said[0] };
	return pid < 0 ? err : pid;
}

int machine_keep(
	const struct kernel_start *st, const struct machine_kind *kind, int out)
{
	char console[PATH_MAX];
	struct machine m;
	pid_t pid;

	/* The runner's death is ours, and ours the kernel's. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	pid = machine_start(st, kind, &m);
	if (pid < 0) {
		if (!__atomic_exchange_n(&st->share->told, 1, __ATOMIC_SEQ_CST))
			failure_say(
				"%s: %s", kind->program, strerror((int)-pid));
		return 111;
	}
	snprintf(console, sizeof(console), "%s/console-%d.txt",
		st->keep ? st->keep : "", st->no);
	m.console = st->keep ? console : NULL;
	return keeper_main(st, &m, out);
}
