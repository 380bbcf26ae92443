/* SPDX-License-Identifier: MIT */
/* brings.c: what a call that was seen tells of others. */
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "explain/places.h"
#include "minimize/kin.h"
#include "sys/arch.h"
#include "sys/futex.h"
#include "sys/mem.h"

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

/*
 * A wait with a time-out, relative or not (kernel/futex/waitwake.c, futex_wait)
 * is what a stop turns into restart_syscall; so are sleeps that are not until a
 * moment (kernel/time/hrtimer.c, hrtimer_nanosleep; alarmtimer.c and
 * posix-cpu-timers.c) and poll, timed or not (fs/select.c, SYSCALL_DEFINE3
 * poll). No other call sets a restart block: select, ppoll, epoll_wait,
 * sigtimedwait and the like are begun anew or fail with EINTR.
 */
static unsigned brought_by_futex(const struct explain_refusal *r)
{
	uint32_t op = (uint32_t)r->args[1] & FUTEX_COMMAND;

	switch (op) {
	case FUTEX_LOCK_PI:
	case FUTEX_UNLOCK_PI:
	case FUTEX_TRYLOCK_PI:
	case FUTEX_LOCK_PI2:
		return KIN_WAITS | KIN_PI;
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		return r->args[3] ? KIN_WAITS | KIN_RESTART : KIN_WAITS;
	}
	return KIN_WAITS;
}

/* Is the handler that is set one, rather than SIG_DFL or SIG_IGN? It stands
 * first in the structure. */
static unsigned brought_by_action(const struct explain_refusal *r)
{
	size_t size = r->arch == ARCH_COMPAT ? 4 : 8;
	uint64_t handler = 0;

	if (!r->args[1] || !mem_read_all(r->tid, r->args[1], &handler, size))
		return 0;
	return handler > 1 ? KIN_SIGRETURN : 0;
}

/* What glibc's stdio asks before its first use of a stream, and what fstat(3)
 * is. */
static unsigned brought_by_stat(
	const char *call, const struct explain_refusal *r)
{
	bool at = !strcmp(call, "newfstatat"), std = r->args[0] <= 2;

	if (at && !(r->args[3] & AT_EMPTY_PATH))
		return 0;
	if (at)
		return std ? KIN_STREAMS | KIN_STREAMS_AT | KIN_FSTATAT
			   : KIN_FSTATAT;
	return std ? KIN_STREAMS | KIN_STREAMS_STAT | KIN_FSTAT : KIN_FSTAT;
}

static unsigned brought_by_sleep(
	const char *call, const struct explain_refusal *r)
{
	bool until = call[0] == 'c' && r->args[1] & TIMER_ABSTIME;

	return KIN_SLEEP | KIN_TIME | (until ? 0 : KIN_RESTART);
}

/* A structure of clone3's begins with its flags (linux/sched.h). */
static unsigned brought_by_clone(
	const char *call, const struct explain_refusal *r)
{
	uint64_t flags = r->args[0];

	if (call[5] && !mem_read_all(r->tid, r->args[0], &flags, sizeof(flags)))
		return 0;
	return flags & CLONE_THREAD ? 0 : KIN_SPAWN;
}

/* Whatever the arguments. */
static const struct {
	const char *call;
	unsigned brings;
} brings[] = {
	{ "brk", KIN_HEAP },
	{ "clock_gettime", KIN_TIME },
	{ "clock_gettime64", KIN_TIME },
	{ "epoll_create1", KIN_POLLS },
	{ "getrandom", KIN_RANDOM },
	{ "gettimeofday", KIN_TIME },
	{ "poll", KIN_RESTART },
	{ "set_tid_address", KIN_START },
	{ "statx", KIN_STREAMS },
	{ "time", KIN_TIME },
	{ "vfork", KIN_SPAWN },
};

unsigned minimize_brings(const char *call, const struct explain_refusal *r)
{
	for (size_t i = 0; i < sizeof(brings) / sizeof(*brings); i++)
		if (!strcmp(brings[i].call, call))
			return brings[i].brings;
	if (!strcmp(call, "futex") || !strcmp(call, "futex_time64"))
		return brought_by_futex(r);
	if (!strcmp(call, "rt_sigaction") || !strcmp(call, "sigaction"))
		return brought_by_action(r);
	if (!strcmp(call, "signal"))
		return r->args[1] > 1 ? KIN_SIGRETURN : 0;
	if (!strcmp(call, "mmap") || !strcmp(call, "mmap2"))
		return (int32_t)r->args[4] == -1 ? KIN_HEAP : 0;
	if (!strcmp(call, "newfstatat") || !strncmp(call, "fstat", 5))
		return brought_by_stat(call, r);
	if (!strcmp(call, "readv") || !strcmp(call, "writev"))
		return r->args[0] <= 2 ? KIN_STREAMS_MUSL : 0;
	if (!strcmp(call, "clone") || !strcmp(call, "clone3"))
		return brought_by_clone(call, r);
	if (!strcmp(call, "nanosleep") || !strncmp(call, "clock_nanosleep", 15))
		return brought_by_sleep(call, r);
	return 0;
}
