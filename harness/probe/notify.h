/* SPDX-License-Identifier: MIT */
/*
 * notify.h: a supervisor, which is the probe's leader, and child processes
 * whose getpid is handed to it, for the probes in seccomp/.
 */
#ifndef PROBE_NOTIFY_H
#define PROBE_NOTIFY_H

#include "probe/filters.h"

enum { NOTIFY_HANGUP = 16 /* POLLHUP */ };

/* What the two share. */
struct notify_page {
	int ready;
	long fd;	   /* of the listener, in the child's table */
	volatile long got; /* by getpid */
};

static struct notify_page *notify_page;
static long notify_fd;
static struct seccomp_notif notify_call;

/* For children: loads the filter with FLAGS and tells the listener. */
static inline int notify_load(long flags)
{
	notify_page->fd = filter_answer(SECCOMP_RET_USER_NOTIF,
		(unsigned int)flags | SECCOMP_FILTER_FLAG_NEW_LISTENER);
	probe_open(&notify_page->ready);
	return notify_page->fd < 0;
}

/* The plain child: it asks once, and ends with 0. */
static inline int notify_ask(long flags)
{
	if (notify_load(flags))
		return 1;
	notify_page->got = sys(TRIED, 1, 2, 3, 4, 5, 6);
	return 0;
}

/* Starts a child in FN(ARG), which calls notify_load(), and takes the listener
 * from it. Its id, or a negative errno. */
static inline long notify_start(int (*fn)(long arg), long arg, long clone_flags)
{
	long pid, pidfd;

	if (!notify_page)
		notify_page = probe_shared();
	if (!notify_page)
		return -ENOMEM;
	__builtin_memset(notify_page, 0, sizeof(*notify_page));
	pid = filter_start((unsigned long)clone_flags, fn, arg);
	if (pid < 0)
		return pid;
	probe_pass(&notify_page->ready);
	pidfd = sys(434 /* pidfd_open */, pid, 0);
	notify_fd = sys(438 /* pidfd_getfd */, pidfd, notify_page->fd, 0);
	sys(__NR_close, pidfd);
	return notify_fd < 0 ? notify_fd : pid;
}

/* Waits for the child's end and forgets the listener. The wait status. */
static inline int notify_end(long pid)
{
	int status = filter_wait(pid);

	sys(__NR_close, notify_fd);
	return status;
}

static inline long notify_receive(void)
{
	__builtin_memset(&notify_call, 0, sizeof(notify_call));
	return sys(
		__NR_ioctl, notify_fd, SECCOMP_IOCTL_NOTIF_RECV, &notify_call);
}

static inline long notify_send(uint64_t id, long val, int error, int flags)
{
	const struct seccomp_notif_resp answer = {
		.id = id, .val = val, .error = error, .flags = (uint32_t)flags
	};

	return sys(__NR_ioctl, notify_fd, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/* Answers the call that was received last. */
static inline long notify_answer(long val)
{
	return notify_send(notify_call.id, val, 0, 0);
}

/* 0 as long as the call that was received last waits for an answer. */
static inline long notify_valid(void)
{
	return sys(__NR_ioctl, notify_fd, SECCOMP_IOCTL_NOTIF_ID_VALID,
		&notify_call.id);
}

/* What poll says of the listener now. */
static inline int notify_events(void)
{
	struct {
		int fd;
		short events, revents;
	} on = { (int)notify_fd, 1 /* POLLIN */, 0 };

	return sys(__NR_poll, &on, 1, 0) < 0 ? -1 : on.revents;
}

#endif
