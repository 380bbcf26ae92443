/* SPDX-License-Identifier: MIT */
/* escape/second-filter.c: a second filter that allows everything. */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

static struct sock_filter allow_all =
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
static const struct sock_fprog loose = { 1, &allow_all };

/* Without it only root may load a filter in the control. */
static int setup(void)
{
	return (int)-sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int run(void)
{
	long ret = sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &loose);

	if (!ret)
		ret = sys(__NR_getpid);
	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "load a filter that allows all, then call getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four+seccomp",
	.expect = {
		{ DIES("getpid"), .under = "four+seccomp", .why = "all filters "
			"run and the sternest answer wins: a filter can be "
			"added, never loosened" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("seccomp") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/seccomp.c, seccomp_run_filters" },
};
