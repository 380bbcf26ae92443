/* SPDX-License-Identifier: MIT */
/*
 * timed.c: times a system call. Once the filter is there, the process makes no
 * call but that one: it counts the processor's ticks, and is killed.
 */
#include "sys/timed.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/code.h"

#define PROCESSES 9
#define ROUNDS	  25
#define CALLS	  1000
#define LIMIT	  (10 * 1000000) /* microseconds; it takes some thousand */

enum { AT_WORK, DONE = 1 };

struct shared {
	int state; /* AT_WORK, DONE or a negative errno */
	double ticks_a_ns;
	uint64_t bare[ROUNDS], filtered[ROUNDS];
};

static void make(long nr, const uint64_t a[6], uint64_t ticks[ROUNDS])
{
	for (int i = 0; i < ROUNDS; i++) {
		const uint64_t start = code_ticks();

		for (int k = 0; k < CALLS; k++)
			syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
		ticks[i] = code_ticks() - start;
	}
}

static int load(const struct filter *bpf)
{
	const struct sock_fprog prog = {
		.len = (unsigned short)bpf->ninsns,
		.filter = (struct sock_filter *)bpf->insns,
	};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) ? -errno
								       : 0;
}

static void work(struct shared *s, const struct filter *bpf, long nr,
	const uint64_t args[6])
{
	uint64_t ns, ticks;
	int ret;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	ns = clock_ns(CLOCK_MONOTONIC);
	ticks = code_ticks();
	make(nr, args, s->bare);
	s->ticks_a_ns = (double)(code_ticks() - ticks) /
			(double)(clock_ns(CLOCK_MONOTONIC) - ns);
	ret = load(bpf);
	if (!ret)
		make(nr, args, s->filtered);
	__atomic_store_n(&s->state, ret ? ret : DONE, __ATOMIC_RELEASE);
	for (;;)
		;
}

/* Until it is done, or dead. */
static int await(const struct shared *s, pid_t pid)
{
	const uint64_t start = clock_us();
	int state = AT_WORK, status;

	while (!state && clock_us() - start < LIMIT) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return -EPERM;
		usleep(200);
		state = __atomic_load_n(&s->state, __ATOMIC_ACQUIRE);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return state == DONE ? 0 : state ? state : -EPERM;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

static double ns_of(const struct shared *s, const uint64_t ticks[ROUNDS])
{
	double v[ROUNDS];

	for (int i = 0; i < ROUNDS; i++)
		v[i] = (double)ticks[i] / s->ticks_a_ns / CALLS;
	return median(v, ROUNDS);
}

static int time_once(struct shared *s, const struct filter *bpf, long nr,
	const uint64_t args[6], struct timed *t)
{
	pid_t pid;
	int ret;

	memset(s, 0, sizeof(*s));
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid)
		work(s, bpf, nr, args);
	ret = await(s, pid);
	if (ret)
		return ret;
	t->bare = ns_of(s, s->bare);
	t->filtered = ns_of(s, s->filtered);
	return 0;
}

int timed_call(const struct filter *bpf, long nr, const uint64_t args[6],
	struct timed *t)
{
	double bare[PROCESSES], filtered[PROCESSES], ratio[PROCESSES];
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ret = s == MAP_FAILED ? -errno : 0;

	for (int i = 0; i < PROCESSES && !ret; i++) {
		ret = time_once(s, bpf, nr, args, t);
		bare[i] = t->bare;
		filtered[i] = t->filtered;
		ratio[i] = t->filtered / t->bare;
	}
	if (s != MAP_FAILED)
		munmap(s, sizeof(*s));
	if (ret)
		return ret;
	t->bare = median(bare, PROCESSES);
	t->filtered = median(filtered, PROCESSES);
	t->ratio = median(ratio, PROCESSES);
	return 0;
}
