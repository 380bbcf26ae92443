/* SPDX-License-Identifier: MIT */
/* futex/robust-set.c: a robust list is announced by a call that four does not
 * have: pthreads announces it before. */
#include "sleeper.h"

static struct robust_list_head head = { .list = { &head.list } };

static int run(void)
{
	long ret = sys(__NR_set_robust_list, &head, sizeof(head));

	if (ret < 0)
		return (int)-ret;
	CHECK(sys(__NR_set_robust_list, &head, 8) == -EINVAL);
	return 0;
}

PROBE_RAW = {
	.about = "set_robust_list and get_robust_list",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("set_robust_list") },
	},
	.covers = "ltp/set_robust_list01 "
		  "kselftest/robust_list.set_robust_list_invalid_size "
		  "gvisor/RobustFutex_InvalidSize",
	.seen = { "https://man7.org/linux/man-pages/man2/set_robust_list.2.html" },
};
