/* SPDX-License-Identifier: MIT */
/* exec.c: `quartet exec`: the sandbox alone. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/inherit.h"
#include "sys/preflight.h"
#include "sys/inject.h"
#include "sys/text.h"
#include "sys/regs.h"
#include "profile/profile.h"
#include "cmd/failed.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/exec.txt");

__attribute__((noreturn)) static void run_child(char **argv, int go)
{
	char c;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	inherit_only();
	if (read(go, &c, 1) == 1)
		execvp(argv[0], argv);
	failure_say("exec: %s: %s", argv[0], strerror(errno));
	_exit(EXIT_SYSTEM);
}

/* Seized, and let go on to its execve. */
static pid_t start(char **argv)
{
	int go[2];
	pid_t pid;

	if (pipe2(go, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		close(go[1]);
		run_child(argv, go[0]);
	}
	close(go[0]);
	if (ptrace(PTRACE_SEIZE, pid, 0,
		    PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)) {
		int err = -errno;

		kill(pid, SIGKILL);
		return err;
	}
	if (write(go[1], "", 1) != 1)
		return -errno;
	close(go[1]);
	return pid;
}

/* Runs until PID has come back from its execve. False: it ended before. */
static bool reach_exec(pid_t pid, int *status)
{
	bool execed = false;

	while (waitpid(pid, status, __WALL) == pid && WIFSTOPPED(*status)) {
		int event = *status >> 16;
		int sig = WSTOPSIG(*status);

		if (execed && sig == SIGTRAP)
			return true;
		execed = execed || event == PTRACE_EVENT_EXEC;
		ptrace(execed ? PTRACE_SYSCALL : PTRACE_CONT, pid, 0,
			event ? 0 : sig);
	}
	return false;
}

static int arm(pid_t pid, struct profile *p)
{
	static struct filter bpf;
	struct profile_error err = { 0 };
	struct regs regs;
	int ret;

	ret = regs_get(pid, &regs);
	if (ret)
		return cmd_say("exec", EXIT_SYSTEM, "ptrace", strerror(-ret));
	if (profile_build(p, regs_arch(&regs), &bpf, &err)) {
		failure_say("%s", err.text);
		return cmd_profile_code(&err);
	}
	ret = inject_filter(pid, &bpf);
	return ret ? cmd_say("exec", EXIT_SYSTEM, "cannot load the filter",
			     strerror(-ret))
		   : 0;
}

static int exec_under(struct profile *p, char **argv)
{
	char name[TEXT_SIGNAL];
	int status, ret;
	pid_t pid = start(argv);

	if (pid < 0)
		return cmd_say("exec", EXIT_SYSTEM, "cannot start",
			preflight_ptrace_why(-pid));
	if (reach_exec(pid, &status)) {
		ret = arm(pid, p);
		if (ret) {
			kill(pid, SIGKILL);
			return ret;
		}
		ptrace(PTRACE_DETACH, pid, 0, 0);
		signal(SIGINT, SIG_IGN);
		if (waitpid(pid, &status, 0) != pid)
			return cmd_say(
				"exec", EXIT_SYSTEM, "wait", strerror(errno));
	}
	if (!WIFSIGNALED(status))
		return WEXITSTATUS(status);
	failure_say("exec: %s: ended by %s", argv[0],
		text_signal(WTERMSIG(status), name));
	return 128 + WTERMSIG(status);
}

int cmd_exec(int argc, char **argv)
{
	struct profile *p;
	int ret;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	for (; argc > 2 && (!strcmp(argv[1], "-I") || !strcmp(argv[1], "-t"));
		argc -= 2, argv += 2)
		if (options_profile(argv[1][1], argv[2]))
			return EXIT_USAGE;
	if (argc < 4 || strcmp(argv[2], "--") != 0) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	ret = cmd_load("exec", argv[1], &p);
	if (ret)
		return ret;
	ret = exec_under(p, argv + 3);
	profile_free(p);
	return ret;
}
