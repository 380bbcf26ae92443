/* SPDX-License-Identifier: MIT */
/*
 * seccomp/tsync.c: a filter goes to all threads or to none: one whose own
 * filters are others than the caller's bars it, one that is dead does not.
 */
#include "filters.h"

enum { TSYNC = SECCOMP_FILTER_FLAG_TSYNC, SEVEN = SECCOMP_RET_ERRNO | 7 };

static int own, alone, ready, go, done;
static volatile long sibling_got, sibling_nnp;
static long leader;
static volatile int code;

static void sibling(void *arg)
{
	(void)arg;
	if (own)
		filter_answer(SECCOMP_RET_ALLOW, 0);
	probe_open(&ready);
	probe_pass(&go);
	sibling_nnp = sys(__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	sibling_got = sys(TRIED);
}

static long start(int with_own)
{
	long tid;

	own = with_own;
	tid = probe_thread(sibling, NULL, &done);
	probe_pass(&ready);
	return tid;
}

static void finish(void)
{
	probe_open(&go);
	probe_join(&done);
}

static int all(long ancestor)
{
	long ret;

	if (ancestor && filter_answer(SECCOMP_RET_ALLOW, 0))
		return 1;
	start(0);
	ret = filter_answer(SEVEN, TSYNC);
	finish();
	return ret || sibling_got != -7 || sibling_nnp != 1 || sys(TRIED) != -7;
}

static int without(long unused)
{
	long pid = sys(__NR_getpid), ret;

	(void)unused;
	start(0);
	ret = filter_answer(SEVEN, 0);
	finish();
	return ret || sibling_got != pid || sibling_nnp || sys(TRIED) != -7;
}

static int diverged(long flags)
{
	long pid = sys(__NR_getpid), tid = start(1);
	long ret = filter_answer(SEVEN, (unsigned int)flags | TSYNC);

	finish();
	return ret != (flags ? -ESRCH : tid) || sibling_got != pid ||
	       sys(TRIED) != pid;
}

/* The leader is gone, and the process ends with what this one says. */
static void successor(void *unused)
{
	(void)unused;
	probe_wait_ended(leader);
	code = filter_answer(SEVEN, TSYNC) || sys(TRIED) != -7;
	for (;;)
		sys(__NR_exit_group, code ? code : 5);
}

static int headless(long unused)
{
	(void)unused;
	leader = sys(__NR_getpid);
	probe_thread(successor, NULL, &alone);
	sys_exit(6);
}

static int run(void)
{
	CHECK(filter_child(all, 0) == 0);
	CHECK(filter_child(all, 1) == 0);
	CHECK(filter_child(without, 0) == 0);
	CHECK(filter_child(diverged, 0) == 0);
	CHECK(filter_child(diverged, FILTER_TSYNC_ESRCH) == 0);
	CHECK(filter_child(headless, 0) == FILTER_EXITED(5));
	return 0;
}

PROBE_RAW = {
	.about = "load a filter into two threads, into one that has its own, and "
		 "behind a dead leader",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/TSYNC_first "
		  "seccomp_bpf/TSYNC.siblings_fail_prctl "
		  "seccomp_bpf/TSYNC.two_siblings_with_ancestor "
		  "seccomp_bpf/TSYNC.two_sibling_want_nnp "
		  "seccomp_bpf/TSYNC.two_siblings_with_no_filter "
		  "seccomp_bpf/TSYNC.two_siblings_with_one_divergence "
		  "seccomp_bpf/TSYNC.two_siblings_with_one_divergence_no_tid_in_err "
		  "seccomp_bpf/TSYNC.two_siblings_not_under_filter "
		  "seccomp_bpf/tsync_vs_dead_thread_leader "
		  "gvisor-seccomp/TsyncAppliesToAllThreads "
		  "gvisor-seccomp/SiblingTsyncForcesNoNewPrivs",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		  "SECCOMP_FILTER_FLAG_TSYNC",
		"Linux kernel/seccomp.c, seccomp_can_sync_threads" },
};
