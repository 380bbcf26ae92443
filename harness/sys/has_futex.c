/* SPDX-License-Identifier: MIT */
/* has_futex.c: what futexes can do, and what a child tries for us. */
#include "sys/has_ask.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/sys.h"

/* FUTEX_WAKE with FUTEX_ROBUST_UNLOCK; younger than the headers. */
bool has_robust_unlock(void)
{
	uint64_t pending = 1;
	int word = 1;

	return sys_futex(&word, 1 | 128 | 0x200, 1, NULL, &pending, 0) == 0;
}

/* The same with FUTEX_ROBUST_LIST32. */
bool has_robust_list32(void)
{
	uint32_t pending = 1;
	int word = 1;

	return sys_futex(&word, 1 | 128 | 0x600, 1, NULL, &pending, 0) == 0;
}

/* futex_wake with FUTEX2_NUMA, whose node word says that there is none. */
bool has_futex2_numa(void)
{
	uint32_t words[2] __attribute__((aligned(8))) = { 0, UINT32_MAX };

	return sys(calls_number(ARCH_NATIVE, "futex_wake"), words, 1, 1,
		       2 | 4 | 128) == 0;
}

/* PR_FUTEX_HASH, PR_FUTEX_HASH_SET_SLOTS: younger than the headers. */
static int call_futex_hash(void)
{
	return prctl(78, 1, 2, 0, 0) == 0;
}

bool has_futex_hash(void)
{
	return has_child_status(call_futex_hash) == 1;
}

/* rseq_slice_yield, of a thread that was granted no longer slice. */
bool has_rseq_slice(void)
{
	return sys(calls_number(ARCH_NATIVE, "rseq_slice_yield")) == 0;
}

static int call_realtime(void)
{
	const struct sched_param param = { .sched_priority = 1 };

	return sched_setscheduler(0, SCHED_FIFO, &param) == 0;
}

/* The privilege of real-time priorities, and a group that has time for them. */
bool has_realtime(void)
{
	return has_child_status(call_realtime) == 1;
}

static void *sleep_on(void *arg)
{
	pause();
	return arg;
}

static int call_thousand(void)
{
	pthread_attr_t attr;
	pthread_t thread;
	int n = 0;

	if (pthread_attr_init(&attr) ||
		pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN))
		return 0;
	while (n < 1000 && !pthread_create(&thread, &attr, sleep_on, NULL))
		n++;
	return n == 1000;
}

/* Room for as many threads: ulimit -u, and pids.max of the group. */
bool has_thousand_threads(void)
{
	return has_child_status(call_thousand) == 1;
}

static int call_pid_namespace(void)
{
	return unshare(CLONE_NEWPID) == 0;
}

bool has_pid_namespace(void)
{
	return has_child_status(call_pid_namespace) == 1;
}

static int call_user_dispatch(void)
{
	/* PR_SET_SYSCALL_USER_DISPATCH, off: younger than some headers. */
	return prctl(59, 0, 0, 0, 0) == 0;
}

bool has_user_dispatch(void)
{
	return has_child_status(call_user_dispatch) == 1;
}
