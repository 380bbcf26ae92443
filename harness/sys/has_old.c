/* SPDX-License-Identifier: MIT */
/* has_old.c: what kernels do today and did not when futex and seccomp were
 * young: the older ones are still in use. */
#include "sys/has_ask.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/sys.h"

/* Linux 5.14. No word lies at an odd address: EINVAL where it is known. */
bool has_lock_pi2(void)
{
	static int words[2];

	return sys_futex((char *)words + 1, 13, 0, NULL, NULL, 0) != -ENOSYS;
}

/* The kernel clears it when the leader ends (set_tid_address(2)). */
static int leader_lives = 1;

static void *outlive(void *arg)
{
	(void)arg;
	while (__atomic_load_n(&leader_lives, __ATOMIC_SEQ_CST))
		sched_yield();
	syscall(SYS_exit, 1);
	return NULL;
}

static int end_last(void)
{
	pthread_t thread;

	syscall(SYS_set_tid_address, &leader_lives);
	if (!pthread_create(&thread, NULL, outlive, NULL))
		syscall(SYS_exit, 2);
	return 2;
}

/* synchronize_group_exit() of kernel/exit.c: the status of a process is its
 * last thread's, and was its leader's. */
bool has_last_status(void)
{
	return has_child_status(end_last) == 1;
}

/* Flags are looked at before the notification, of which there is none. */
static int add_and_send(void)
{
	struct sock_filter allow = { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW };
	struct sock_fprog prog = { .len = 1, .filter = &allow };
	struct seccomp_notif_addfd add = { .flags = 2 /* FLAG_SEND */ };
	long fd;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return 2;
	fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_NEW_LISTENER, &prog);
	if (fd < 0)
		return 2;
	return ioctl((int)fd, SECCOMP_IOCTL_NOTIF_ADDFD, &add) &&
	       errno != EINVAL;
}

/* SECCOMP_ADDFD_FLAG_SEND, Linux 5.14. */
bool has_addfd_send(void)
{
	return has_child_status(add_and_send) == 1;
}
