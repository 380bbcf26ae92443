/* SPDX-License-Identifier: MIT */
/* loads.c: the calls that load filters, by ptrace(2). */
#include "sys/loads.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/clock.h"
#include "sys/inherit.h"
#include "sys/mem.h"

#define THREADS 1024 /* that may be loading at once */

/* A thread that is in such a call. */
struct loading {
	pid_t tid;
	struct filter *bpf;
};

static struct loading loadings[THREADS];

static struct loading *find(pid_t tid)
{
	for (int i = 0; i < THREADS; i++)
		if (loadings[i].bpf && loadings[i].tid == tid)
			return &loadings[i];
	return NULL;
}

static void drop(struct loading *l)
{
	free(l->bpf);
	l->bpf = NULL;
}

static void keep(pid_t tid, const struct filter *bpf)
{
	for (int i = 0; i < THREADS; i++) {
		struct loading *l = &loadings[i];

		if (l->bpf)
			continue;
		l->bpf = malloc(sizeof(*bpf));
		if (l->bpf) {
			*l->bpf = *bpf;
			l->tid = tid;
		}
		return;
	}
}

/* The program that a call gives to the kernel. False: it gives none. */
static bool read_program(
	pid_t tid, const struct ptrace_syscall_info *info, struct filter *bpf)
{
	const __u64 *args = (const __u64 *)info->entry.args;
	const size_t word = info->arch == ARCH_COMPAT ? 4 : 8;
	const int nr = (int)info->entry.nr;
	uint64_t insns = 0;
	uint16_t n = 0;

	if (nr == calls_number(info->arch, "prctl")) {
		if (args[0] != PR_SET_SECCOMP || args[1] != SECCOMP_MODE_FILTER)
			return false;
		bpf->flags = 0;
	} else if (nr == calls_number(info->arch, "seccomp")) {
		if (args[0] != SECCOMP_SET_MODE_FILTER)
			return false;
		bpf->flags = (uint32_t)args[1];
	} else {
		return false;
	}
	if (!mem_read_all(tid, args[2], &n, sizeof(n)) ||
		!mem_read_all(tid, args[2] + word, &insns, word) || !n ||
		n > BPF_MAXINSNS)
		return false;
	bpf->mode = FILTER_BPF;
	bpf->ninsns = n;
	return mem_read_all(tid, insns, bpf->insns, n * sizeof(*bpf->insns));
}

/* False: it is enough. */
static bool look(pid_t tid, loads_fn *tell, void *context)
{
	static struct filter bpf;
	struct ptrace_syscall_info info;
	struct loading *l = find(tid);
	bool more = true;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) < 0)
		return true;
	if (info.op == PTRACE_SYSCALL_INFO_EXIT && l) {
		if (!info.exit.is_error)
			more = tell(context, tid, l->bpf);
		drop(l);
	} else if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		if (l)
			drop(l);
		if (read_program(tid, &info, &bpf))
			keep(tid, &bpf);
	}
	return more;
}

static bool is_stopping(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
	       sig == SIGTTOU;
}

static void go_on(pid_t tid, int status)
{
	const int event = status >> 16, sig = WSTOPSIG(status);

	if (event == PTRACE_EVENT_STOP && is_stopping(sig))
		ptrace(PTRACE_LISTEN, tid, 0, 0);
	else
		ptrace(PTRACE_SYSCALL, tid, 0,
			event || sig == (SIGTRAP | 0x80) ? 0 : sig);
}

__attribute__((noreturn)) static void run_child(char **argv, int go, int failed)
{
	char c;

	dup2(STDERR_FILENO, STDOUT_FILENO);
	inherit_only();
	if (read(go, &c, 1) == 1)
		execvp(argv[0], argv);
	c = (char)errno;
	if (write(failed, &c, 1) != 1)
		_exit(126);
	_exit(127);
}

pid_t loads_start(char **argv, long options, int *failed)
{
	int go[2], back[2];
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) || pipe2(back, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		close(go[1]);
		run_child(argv, go[0], back[1]);
	}
	close(go[0]);
	close(back[1]);
	*failed = back[0];
	options |= PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
		   PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL;
	if (ptrace(PTRACE_SEIZE, pid, 0, options) ||
		ptrace(PTRACE_INTERRUPT, pid, 0, 0) ||
		write(go[1], "", 1) != 1) {
		const int err = -errno;

		kill(pid, SIGKILL);
		return err;
	}
	close(go[1]);
	return pid;
}

int loads_started(int failed)
{
	char err = 0;

	if (read(failed, &err, 1) != 1)
		err = 0;
	close(failed);
	return -err;
}

static void on_alarm(int sig)
{
	(void)sig;
}

static int watch(pid_t pid, uint64_t until, loads_fn *tell, void *context)
{
	int status;

	while (clock_us() < until) {
		const pid_t tid = waitpid(-1, &status, __WALL);

		if (tid < 0 && errno == EINTR)
			continue;
		if (tid < 0)
			break;
		if (!WIFSTOPPED(status)) {
			struct loading *l = find(tid);

			if (l)
				drop(l);
			if (tid == pid)
				return status;
			continue;
		}
		if (WSTOPSIG(status) == (SIGTRAP | 0x80) &&
			!look(tid, tell, context))
			break;
		go_on(tid, status);
	}
	return -1;
}

int loads_watch(char **argv, unsigned seconds, loads_fn *tell, void *context,
	int *status)
{
	struct sigaction action = { .sa_handler = on_alarm }, before;
	int failed = -1, err;
	pid_t pid = loads_start(
		argv, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC, &failed);

	if (pid < 0)
		return pid;
	sigaction(SIGALRM, &action, &before);
	alarm(seconds);
	*status = watch(
		pid, clock_us() + (uint64_t)seconds * 1000000, tell, context);
	alarm(0);
	sigaction(SIGALRM, &before, NULL);
	if (*status == -1)
		kill(pid, SIGKILL);
	err = loads_started(failed);
	for (int i = 0; i < THREADS; i++)
		drop(&loadings[i]);
	return err;
}
