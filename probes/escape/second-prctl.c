/* SPDX-License-Identifier: MIT */
/* escape/second-prctl.c: the same as escape/second-filter by the older way. */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

static struct sock_filter allow_all =
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
static const struct sock_fprog loose = { 1, &allow_all };

static int setup(void)
{
	return (int)-sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int run(void)
{
	long ret = sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &loose);

	if (!ret)
		ret = sys(__NR_getpid);
	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "load a filter that allows all by prctl, then call getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four+seccomp",
	.expect = {
		{ DIES("getpid"), .under = "four+seccomp", .why = "all filters "
			"run and the sternest answer wins" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("prctl") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/prctl.2.html" },
};
