/* SPDX-License-Identifier: MIT */
/*
 * escape/second-listener.c: a program cannot slip its own supervisor in beside
 * one that is there: one listener is all a stack of filters may have.
 */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

static struct sock_filter allow_all =
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
static const struct sock_fprog loose = { 1, &allow_all };

static long listen_too(void)
{
	return sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_NEW_LISTENER, &loose);
}

static int setup(void)
{
	return (int)-sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int run(void)
{
	long first = listen_too();

	if (first < 0)
		return (int)-first;
	CHECK(listen_too() == -EBUSY);
	return 0;
}

PROBE_RAW = {
	.about = "load two filters with a listener each",
	.setup = setup,
	.run = run,
	.under = "four+seccomp four four-eperm",
	.has = "listener",
	.expect = {
		{ WORKS, .under = "four+seccomp", .why = "the second is "
			"EBUSY" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ DIES("seccomp") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/seccomp.c, has_duplicate_listener" },
};
