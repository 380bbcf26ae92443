/* SPDX-License-Identifier: MIT */
/* taken.c: PTRACE_SECCOMP_GET_FILTER, ptrace(2). */
#include "sys/taken.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "sys/calls.h"
#include "sys/proc.h"
#include "sys/regs.h"
#include "sys/stop.h"

#define STOP_US 2000000
#define DEAD	3 /* "Seccomp:" of one that a filter killed */

/* How many there are: the kernel counts from the oldest, 0. */
static int count(pid_t tid)
{
	int n = 0;

	while (ptrace(PTRACE_SECCOMP_GET_FILTER, tid, n, 0) >= 0)
		n++;
	if (errno == EINVAL && !n && proc_status(tid, "Seccomp") == DEAD)
		return -EOWNERDEAD;
	/* EINVAL: it is in no filter mode. */
	return errno == ENOENT || (errno == EINVAL && !n) ? n : -errno;
}

/* Filter AT from the oldest. */
static int take(pid_t tid, int at, struct filter *out)
{
	const long size =
		ptrace(PTRACE_SECCOMP_GET_FILTER, tid, at, out->insns);

	if (size < 0)
		return -errno;
	out->mode = FILTER_BPF;
	out->flags = 0;
	out->ninsns = (size_t)size;
	return 0;
}

int taken_of_stopped(pid_t tid, struct filter *out, int max)
{
	const int n = count(tid);
	int ret = 0;

	for (int i = 0; i < n && i < max && !ret; i++)
		ret = take(tid, n - 1 - i, &out[i]);
	return ret ? ret : n;
}

static int take_nth(pid_t tid, int nth, struct filter *out)
{
	const int n = count(tid);
	const int ret = n < nth ? 0 : take(tid, n - nth, out);

	return ret ? ret : n;
}

/* Whether all that is on the thread lets it make a restart_syscall. */
static bool may_go_on(pid_t tid, const struct regs *regs)
{
	static struct filter bpf;
	struct seccomp_data data = { .arch = regs_arch(regs) };
	const int n = count(tid);

	data.nr = calls_number(data.arch, "restart_syscall");
	for (int i = 0; i < n; i++) {
		uint32_t action;

		if (take(tid, i, &bpf))
			return false;
		action = bpf_run(bpf.insns, bpf.ninsns, &data) &
			 SECCOMP_RET_ACTION_FULL;
		if (action != SECCOMP_RET_ALLOW && action != SECCOMP_RET_LOG)
			return false;
	}
	return n >= 0;
}

/* It is not to die of being looked at. */
static void spare(pid_t tid)
{
	struct regs regs;

	if (!regs_get(tid, &regs) && regs_is_interrupted(&regs) &&
		!may_go_on(tid, &regs)) {
		regs_make_anew(&regs);
		regs_set(tid, &regs);
	}
}

/* OUT: the NTH one, or with NTH 0 the MAX newest. */
static int take_live(pid_t tid, int nth, struct filter *out, int max)
{
	int status, ret;

	if (ptrace(PTRACE_SEIZE, tid, 0, 0))
		return -errno;
	if (!stop_thread(tid, STOP_US, &status)) {
		ret = -ETIMEDOUT;
	} else if (!WIFSTOPPED(status)) {
		return -ESRCH;
	} else {
		ret = nth ? take_nth(tid, nth, out)
			  : taken_of_stopped(tid, out, max);
		spare(tid);
	}
	ptrace(PTRACE_DETACH, tid, 0,
		ret == -ETIMEDOUT || stop_is_plain(status) || status >> 16 != 0
			? 0
			: WSTOPSIG(status));
	return ret;
}

int taken_filter(pid_t tid, int nth, struct filter *out)
{
	return take_live(tid, nth, out, 0);
}

int taken_filters(pid_t tid, struct filter *out, int max)
{
	return take_live(tid, 0, out, max);
}

const char *taken_why(int err)
{
	switch (err) {
	case EACCES:
		return "the kernel shows filters to those who have "
		       "CAP_SYS_ADMIN, and no filter on themselves";
	case EPERM:
		return "it may not be traced: it is another's, traced "
		       "already, or ended";
	case EIO:
		return "this kernel does not show filters: it is built without "
		       "CONFIG_CHECKPOINT_RESTORE";
	case EMEDIUMTYPE:
		return "a filter that the kernel keeps in another form";
	case EOWNERDEAD:
		return "a filter has killed it, and the kernel does not show "
		       "which";
	case ESRCH:
		return "there is no such process";
	case ETIMEDOUT:
		return "it does not stop for being looked at";
	}
	return strerror(err);
}
