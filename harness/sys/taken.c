/* SPDX-License-Identifier: MIT */
/* taken.c: PTRACE_SECCOMP_GET_FILTER, ptrace(2). */
#include "sys/taken.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "sys/stop.h"

#define STOP_US 2000000

/* How many there are: the kernel counts from the oldest, 0. */
static int count(pid_t tid)
{
	int n = 0;

	while (ptrace(PTRACE_SECCOMP_GET_FILTER, tid, n, 0) >= 0)
		n++;
	/* EINVAL: it is in no filter mode. */
	return errno == ENOENT || (errno == EINVAL && !n) ? n : -errno;
}

static int take(pid_t tid, int nth, struct filter *out)
{
	const int n = count(tid);
	long size;

	if (n < nth)
		return n;
	size = ptrace(PTRACE_SECCOMP_GET_FILTER, tid, n - nth, out->insns);
	if (size < 0)
		return -errno;
	out->mode = FILTER_BPF;
	out->flags = 0;
	out->ninsns = (size_t)size;
	return n;
}

int taken_filter(pid_t tid, int nth, struct filter *out)
{
	int status, ret;

	if (ptrace(PTRACE_SEIZE, tid, 0, 0))
		return -errno;
	if (!stop_thread(tid, STOP_US, &status))
		ret = -ETIMEDOUT;
	else if (!WIFSTOPPED(status))
		return -ESRCH;
	else
		ret = take(tid, nth, out);
	ptrace(PTRACE_DETACH, tid, 0,
		ret == -ETIMEDOUT || stop_is_plain(status) || status >> 16 != 0
			? 0
			: WSTOPSIG(status));
	return ret;
}
