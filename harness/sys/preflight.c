/* SPDX-License-Identifier: MIT */
/* preflight.c: can this machine give evidence at all? */
#include "sys/preflight.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/proc.h"

int preflight_seccomp(struct failure *f)
{
	/* Where it would be taken, that there is none is what is wrong. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) < 0 &&
		errno == EFAULT)
		return 0;
	return failure_set_alone(f, FAILURE_SYSTEM,
		"this kernel takes no seccomp filters: %s "
		"(CONFIG_SECCOMP_FILTER)",
		strerror(errno));
}

static int check_outer(bool allowed, struct failure *f)
{
	long n = proc_filters(getpid());

	if (n <= 0 || allowed)
		return 0;
	return failure_set_alone(f, FAILURE_EVIDENCE,
		"%ld seccomp filter%s on this process already (a "
		"container's?): what they\nrefuse would be taken for the "
		"profile's doing. Run outside of it, or pass\n"
		"--outer-filter to go on; the record will say so.",
		n, n > 1 ? "s are" : " is");
}

int preflight_ptrace(struct failure *f)
{
	pid_t pid = fork();
	int err = 0;

	if (pid < 0)
		return failure_set_alone(
			f, FAILURE_SYSTEM, "fork: %s", strerror(errno));
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
	return failure_set_alone(f, FAILURE_SYSTEM,
		"this process may not trace its children: %s",
		preflight_ptrace_why(err));
}

const char *preflight_ptrace_why(int err)
{
	static char why[400];

	snprintf(why, sizeof(why), "%s%s", strerror(err),
		err == EPERM || err == ENOSYS ? " (" PREFLIGHT_NO_PTRACE ")"
					      : "");
	return why;
}

int preflight(bool outer_allowed, struct failure *f)
{
	int ret = proc_is_own()
			  ? preflight_seccomp(f)
			  : failure_set_alone(f, FAILURE_SYSTEM, PROC_NOT_OWN);

	if (!ret)
		ret = check_outer(outer_allowed, f);
	return ret ? ret : preflight_ptrace(f);
}
