/* SPDX-License-Identifier: MIT */
/*
 * filters.h: filters of a probe's own, loaded in child processes, for the
 * probes in seccomp/. They hold what the kernel does with a filter; what the
 * cell's own makes of that is the child that it does not let start.
 */
#ifndef PROBE_FILTERS_H
#define PROBE_FILTERS_H

#include <linux/filter.h>
#include <linux/ioctl.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "probe/sleeper.h"

/* All filters here are about getpid; the rest is let through. */
enum { TRIED = __NR_getpid };

/* Younger than some headers. */
#define FILTER_TSYNC_ESRCH   16
#define FILTER_WAIT_KILLABLE 32

static inline long filter_load(
	const struct sock_filter *insns, int n, unsigned int flags)
{
	const struct sock_fprog prog = { (unsigned short)n,
		(struct sock_filter *)insns };

	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags, &prog);
}

/* Loads a filter that answers getpid with ACTION. 0, or what the call says. */
static inline long filter_answer(uint32_t action, unsigned int flags)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TRIED, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return filter_load(insns, 4, flags);
}

/* Starts a child that runs FN(ARG) and exits with its result. With
 * CLONE_FILES in FLAGS it shares the descriptors. Its id or a negative errno.
 */
static inline long filter_start(
	unsigned long flags, int (*fn)(long arg), long arg)
{
	long pid = sys(__NR_clone, flags | SIGCHLD, 0, 0, 0, 0);

	if (pid)
		return pid;
	pid = fn(arg);
	for (;;)
		sys(__NR_exit_group, pid);
}

/* Waits for its end. The wait status, or -1. */
static inline int filter_wait(long pid)
{
	int status;
	long got;

	do
		got = sys(__NR_wait4, pid, &status, 0x40000000 /* __WALL */, 0);
	while (got == -EINTR);
	return pid > 0 && got == pid ? status : -1;
}

static inline int filter_child(int (*fn)(long arg), long arg)
{
	return filter_wait(filter_start(0, fn, arg));
}

/* In a wait status. */
#define FILTER_EXITED(code) ((code) << 8)
static inline bool filter_killed(int status, int sig)
{
	return status >= 0 && (status & 0x7f) == sig;
}

/* The kernel's struct sigaction, which is no libc's. FN must not return. */
static inline long filter_handle(int sig, void (*fn)(int, siginfo_t *, void *))
{
	const struct {
		void (*handler)(int, siginfo_t *, void *);
		unsigned long flags;
		void (*restorer)(void);
		unsigned long mask[64 / 8 / sizeof(long)];
	} action = { fn, SA_SIGINFO | SA_NODEFER | 0x04000000, NULL, { 0 } };

	return sys(__NR_rt_sigaction, sig, &action, 0, 8);
}

#endif
