/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-get.c: get_robust_list tells the list of a thread of one's own,
 * of another process of the same user, and of nobody else's.
 */
#include "sleeper.h"

static struct robust_list_head own = { .list = { &own.list } },
			       theirs = { .list = { &theirs.list } };
static struct robust_list_head *seen;
static long size, process;
static int ready, leave, done;
static struct shared {
	int ready, go;
	long got;
} * shared;

static long get(long tid)
{
	seen = NULL;
	size = 0;
	return sys(__NR_get_robust_list, tid, &seen, &size);
}

static void thread(void *arg)
{
	sys(__NR_set_robust_list, &theirs, sizeof(theirs));
	*(long *)arg = sys(__NR_gettid);
	probe_open(&ready);
	probe_pass(&leave);
}

/* A process of nobody's, where we are root: it looks at its parent. */
static int partner(void)
{
	long parent = sys(__NR_getppid);

	sys(__NR_set_robust_list, &theirs, sizeof(theirs));
	probe_open(&shared->ready);
	probe_pass(&shared->go);
	if (sys(__NR_setresuid, 65534, 65534, 65534))
		return 1;
	shared->got = get(parent);
	probe_open(&shared->ready);
	return 0;
}

static long tid;

static int setup(void)
{
	shared = probe_shared();
	if (!shared || probe_thread(thread, &tid, &done) < 0)
		return EAGAIN;
	probe_pass(&ready);
	process = probe_partner(partner);
	if (process < 0)
		return EAGAIN;
	probe_pass(&shared->ready);
	return 0;
}

static int run(void)
{
	CHECK(!sys(__NR_set_robust_list, &own, sizeof(own)));
	CHECK(!get(0) && seen == &own && size == sizeof(own));
	CHECK(!get(tid) && seen == &theirs && size == sizeof(own));
	CHECK(!get(process) && seen == &theirs);
	CHECK(sys(__NR_get_robust_list, 0, NULL, &size) == -EFAULT);
	CHECK(sys(__NR_get_robust_list, 0, &seen, NULL) == -EFAULT);
	CHECK(get(0x7fffffff) == -ESRCH);
	if (sys(__NR_geteuid) == 0) {
		shared->ready = 0;
		probe_open(&shared->go);
		probe_pass(&shared->ready);
		CHECK(shared->got == -EPERM);
	}
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "ask for the robust list of threads and processes",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.expect = {
		{ DIES("set_robust_list") },
	},
	.covers = "ltp/get_robust_list01 "
		  "kselftest/robust_list.get_robust_list_self "
		  "kselftest/robust_list.get_robust_list_child "
		  "gvisor/RobustFutex_BasicSetGet "
		  "gvisor/RobustFutex_GetFromOtherTid",
	.seen = { "https://man7.org/linux/man-pages/man2/get_robust_list.2.html",
		"Linux kernel/futex/syscalls.c, get_robust_list" },
};
