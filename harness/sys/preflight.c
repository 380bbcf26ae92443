/* SPDX-License-Identifier: MIT */
/* preflight.c: can this machine give evidence at all? */
#include "sys/preflight.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/proc.h"
#include "cmd/quartet.h"

static int check_seccomp(void)
{
	uint32_t action = SECCOMP_RET_KILL_THREAD;

	if (!syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action))
		return 0;
	fprintf(stderr,
		"quartet: this kernel takes no seccomp filters: %s "
		"(CONFIG_SECCOMP_FILTER)\n",
		strerror(errno));
	return EXIT_SYSTEM;
}

static int check_outer(bool allowed)
{
	long mode = proc_status(getpid(), "Seccomp");
	long n = proc_status(getpid(), "Seccomp_filters");

	if (mode <= 0 || allowed)
		return 0;
	fprintf(stderr,
		"quartet: %ld seccomp filter%s on this process already (a "
		"container's?): what they\nrefuse would be taken for the "
		"profile's doing. Run outside of it, or pass\n"
		"--outer-filter to go on; the record will say so.\n",
		n > 0 ? n : 1, n > 1 ? "s are" : " is");
	return EXIT_BROKEN;
}

static int check_ptrace(void)
{
	pid_t pid = fork();
	int err = 0;

	if (pid < 0) {
		fprintf(stderr, "quartet: fork: %s\n", strerror(errno));
		return EXIT_SYSTEM;
	}
	if (pid == 0) {
		pause();
		_exit(0);
	}
	if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_EXITKILL))
		err = errno;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, __WALL);
	if (!err)
		return 0;
	fprintf(stderr,
		"quartet: this process may not trace its children: %s (see "
		"/proc/sys/kernel/yama/ptrace_scope, or the container's "
		"capabilities)\n",
		strerror(err));
	return EXIT_SYSTEM;
}

int preflight(bool outer_allowed)
{
	int ret = check_seccomp();

	if (!ret)
		ret = check_outer(outer_allowed);
	return ret ? ret : check_ptrace();
}
