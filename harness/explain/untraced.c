/* SPDX-License-Identifier: MIT */
/*
 * untraced.c: a pass of a program that traces, and so may not be
 * traced.
 *
 * It is let go when its filter is loaded. Under the filter itself
 * (EXPLAIN_REAL) nobody looks on. To see what is refused (EXPLAIN_LET) each
 * refusal is a SECCOMP_RET_USER_NOTIF (seccomp_unotify(2)): the thread sleeps
 * until we say that the call may go on, and meanwhile its memory is read.
 */
#include "explain/untraced.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explain/filter.h"
#include "explain/tasks.h"
#include "sys/calls.h"
#include "sys/inject.h"
#include "sys/proc.h"
#include "sys/regs.h"
#include "sys/tracing.h"

#define MOMENT 20 /* milliseconds */

/* The kernel's structures may grow (seccomp_unotify(2)). */
union notif {
	struct seccomp_notif n;
	struct seccomp_notif_resp resp;
	char room[512];
};

/* True when there is one to be answered. */
static bool receive(int listener, union notif *notif)
{
	memset(notif, 0, sizeof(*notif));
	return !ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, notif);
}

static void let_go(int listener, uint64_t id)
{
	union notif notif = {
		.resp = { .id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE }
	};

	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &notif);
}

static void die_with_us(pid_t tid)
{
	const long args[6] = { PR_SET_PDEATHSIG, SIGKILL };
	struct regs regs;

	/* A filter of its own might not allow it. */
	if (proc_status(tid, "Seccomp") == 0 && !regs_get(tid, &regs))
		inject_call(tid, calls_number(regs_arch(&regs), "prctl"), args);
}

/* Lets refused calls go until it is told to end. */
struct usher {
	int listener;
	atomic_bool end;
};

static void *usher(void *arg)
{
	struct usher *u = arg;
	union notif notif;

	while (!atomic_load(&u->end)) {
		struct pollfd p = { .fd = u->listener, .events = POLLIN };

		if (poll(&p, 1, 1) > 0 && (p.revents & POLLIN) &&
			receive(u->listener, &notif))
			let_go(u->listener, notif.n.id);
	}
	return NULL;
}

/* The program had no such descriptor: it shall find none. Its close may be one
 * of the calls that we are asked about. */
static int close_there(pid_t tid, uint32_t arch, int fd, int listener)
{
	const long args[6] = { fd };
	struct usher u = { .listener = listener };
	sigset_t all, old;
	pthread_t thread;
	long ret;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	ret = pthread_create(&thread, NULL, usher, &u);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (ret)
		return (int)-ret;
	ret = inject_call(tid, calls_number(arch, "close"), args);
	atomic_store(&u.end, true);
	pthread_join(thread, NULL);
	return (int)ret;
}

static int take_listener(pid_t pid, int fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int listener = -1, err;

	if (pidfd >= 0)
		listener = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	err = errno;
	if (pidfd >= 0)
		close(pidfd);
	return listener >= 0 ? listener : -err;
}

/* TASK, stopped, goes on without a tracer. FD is the listener's descriptor
 * there, or -1. */
static int let_go_of(struct pass *pass, struct pass_task *task, int fd)
{
	struct regs regs;
	int ret = 0;

	if (regs_get(task->tid, &regs))
		return -errno;
	if (fd >= 0) {
		pass->listener = take_listener(task->process->pid, fd);
		if (pass->listener < 0)
			return pass->listener;
		ret = close_there(
			task->tid, regs_arch(&regs), fd, pass->listener);
	}
	if (!ret && tracing(PTRACE_DETACH, task->tid, 0, 0))
		ret = -errno;
	pass->untraced = !ret;
	return ret;
}

/* A filter that tells its listener. Returns the descriptor that it has there,
 * or a negative errno. */
static int load_listened(
	struct pass *pass, pid_t tid, const struct filter *filter)
{
	static struct filter told;
	int ret = -ENOMEM;

	if (pass_keep_filter(pass, filter) >= 0)
		ret = explain_filter(
			filter, pass->mode, SECCOMP_RET_USER_NOTIF, &told);
	if (ret)
		return ret;
	told.flags = SECCOMP_FILTER_FLAG_NEW_LISTENER |
		     SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
	ret = inject_filter(tid, &told);
	if (ret != -EINVAL)
		return ret;
	/* Linux before 5.19 */
	told.flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	return inject_filter(tid, &told);
}

/* Under the filter itself nobody looks on. */
int pass_load_untraced(
	struct pass *pass, struct pass_task *task, struct filter *filter)
{
	int ret = 0, fd = -1;

	die_with_us(task->tid);
	filter->flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_NEW_LISTENER;
	if (pass->mode == EXPLAIN_LET && filter->mode == FILTER_BPF)
		ret = fd = load_listened(pass, task->tid, filter);
	else if (pass->mode == EXPLAIN_REAL)
		ret = inject_filter(task->tid, filter);
	return ret < 0 ? ret : let_go_of(pass, task, fd);
}

bool pass_is_asked(const struct pass *pass)
{
	struct pollfd p = { .fd = pass->listener, .events = POLLIN };

	return poll(&p, 1, 0) > 0 && (p.revents & POLLIN);
}

bool pass_listen(struct pass *pass, struct seccomp_notif *n)
{
	struct pollfd p = { .fd = pass->listener, .events = POLLIN };
	union notif notif;

	if (poll(&p, 1, MOMENT) <= 0)
		return false;
	if (p.revents & POLLIN) {
		if (!receive(pass->listener, &notif))
			return false;
		*n = notif.n;
		return true;
	}
	/* Nobody is left who could be refused anything. */
	close(pass->listener);
	pass->listener = -1;
	return false;
}

void pass_let_go(const struct pass *pass, const struct seccomp_notif *n)
{
	let_go(pass->listener, n->id);
}

static bool is_family(const struct pass *pass, pid_t pid)
{
	for (int i = 0; i < pass->nfamily; i++)
		if (pass->family[i] == pid)
			return true;
	return pid == pass->pid;
}

void pass_know(struct pass *pass)
{
	pid_t pids[PASS_FAMILY];
	int n;

	if (pass->kernel_log < 0 || !pass->untraced)
		return;
	n = proc_children(getpid(), pids, PASS_FAMILY);
	for (int i = 0; i < n && pass->nfamily < PASS_FAMILY; i++)
		if (!is_family(pass, pids[i]))
			pass->family[pass->nfamily++] = pids[i];
}

void pass_read_log(struct pass *pass)
{
	struct explain_seen *seen = pass->seen;
	struct kernel_kill kill;

	pass_know(pass);
	seen->pid = pass->pid;
	while (pass->kernel_log >= 0 && seen->nkills < KERNEL_KILLS &&
		kernel_log_next(pass->kernel_log, &kill))
		if (is_family(pass, kill.pid))
			seen->kills[seen->nkills++] = kill;
}
