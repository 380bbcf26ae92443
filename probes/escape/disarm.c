/* SPDX-License-Identifier: MIT */
/* escape/disarm.c: there is no call that takes a filter away. */
#include "probe.h"

#include <linux/prctl.h>
#include <linux/seccomp.h>

static int run(void)
{
	long ret = sys(__NR_prctl, PR_GET_SECCOMP);

	if (ret < 0)
		return (int)-ret;
	CHECK(sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_DISABLED, 0, 0) ==
		-EINVAL);
	CHECK(sys(__NR_seccomp, ~0u, 0, 0) == -EINVAL);
	if (probe_unfiltered())
		return ret == 0 ? 0 : EBADE;
	CHECK(ret == SECCOMP_MODE_FILTER);
	/* Once a filter is there the mode cannot change, even to strict. */
	CHECK(sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0) ==
		-EINVAL);
	CHECK(sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == -EINVAL);
	return sys(__NR_getpid) > 0 ? 0 : EBADE;
}

PROBE_RAW = {
	.about = "try each call that could take the filter away, then getpid",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four+seccomp",
	.expect = {
		{ DIES("getpid"), .under = "four+seccomp", .why = "each was "
			"EINVAL, and the filter still stands" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("prctl") },
	},
	.seen = { "linux: kernel/seccomp.c, seccomp_may_assign_mode",
		"https://man7.org/linux/man-pages/man2/prctl.2.html" },
};
