/* SPDX-License-Identifier: MIT */
/* start.c: the command is forked and traced, and gets the terminal. */
#include "explain/start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/drive.h"
#include "explain/tasks.h"
#include "sys/inherit.h"
#include "sys/failure.h"

static volatile sig_atomic_t interrupted;

/* The terminal tells all of its foreground; who sends it to us alone, as
 * kill(1) does, means all of it (sigaction(2), si_code: what is not the
 * kernel's). */
static void on_interrupt(int sig, siginfo_t *info, void *context)
{
	(void)context;
	interrupted = 1;
	if (sig == SIGINT && info->si_code <= 0)
		raise(SIGTERM);
}

/* What the terminal sends is the command's; the child has its own. */
static void take_terminal(bool take)
{
	static const int signals[] = { SIGINT, SIGQUIT };
	static struct sigaction was[2];
	const struct sigaction sa = { .sa_sigaction = on_interrupt,
		.sa_flags = SA_SIGINFO };

	for (int i = 0; i < 2; i++)
		sigaction(signals[i], take ? &sa : &was[i],
			take ? &was[i] : NULL);
}

bool pass_take_back(void)
{
	take_terminal(false);
	return interrupted;
}

/*
 * Unless it is asked for: without the shuffling of addresses the passes meet
 * the same ones, and the unwinder can keep what it learned.
 */
__attribute__((noreturn)) static void pass_child(
	const struct pass *pass, const int go[2])
{
	char c;

	/* Ours too, or the end of who should say go is never seen. */
	close(go[1]);
	if (pass->plan->drive)
		drive_enter(pass);
	else
		explain_io_enter(&pass->io);
	inherit_only();
	if (!pass->plan->shuffled)
		personality(ADDR_NO_RANDOMIZE);
	if (read(go[0], &c, 1) != 1)
		_exit(127);
	execvp(pass->plan->path, pass->plan->argv);
	failure_say("explain: %s: %s", pass->plan->path, strerror(errno));
	_exit(127);
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

int pass_start(struct pass *pass)
{
	const long options = PTRACE_O_TRACEEXIT | PTRACE_O_TRACECLONE |
			     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			     PTRACE_O_TRACEEXEC | PTRACE_O_TRACESECCOMP |
			     PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	int go[2], err = 0;

	interrupted = 0;
	if (pass->plan->drive)
		err = drive_open(pass);
	if (err)
		return err;
	if (pipe2(go, O_CLOEXEC))
		return -errno;
	pass->pid = fork();
	if (pass->pid < 0)
		return -errno;
	if (pass->pid == 0)
		pass_child(pass, go);
	if (ptrace(PTRACE_SEIZE, pass->pid, 0, options))
		err = -errno;
	if (!pass_add(pass, pass->pid))
		err = -ENOMEM;
	if (!err && !pass->plan->drive)
		err = explain_io_start(&pass->io);
	take_terminal(true);
	if (!err && write(go[1], "", 1) != 1)
		err = -errno;
	close(go[0]);
	close(go[1]);
	if (err) {
		kill(pass->pid, SIGKILL);
		reap_killed();
	}
	return err;
}
