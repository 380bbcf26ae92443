/* SPDX-License-Identifier: MIT */
/* futex/futex2-wake.c: allowing futex does not allow futex_wake, number 454.
 * */
#include "probe.h"

#define NR_CALL 454 /* younger than some headers */

static int word;

static int run(void)
{
	long ret = sys(NR_CALL, &word, 0xffffffff, 1, 2);

	if (ret == -EPERM || ret == -ENOSYS)
		return (int)-ret;
	CHECK(ret == 0);
	return 0;
}

PROBE_RAW = {
	.about = "futex_wake on words that nobody waits for",
	.run = run,
	.under = "four four-eperm four-enosys",
	.has = "futex2",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("futex_wake") },
	},
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html",
		"Linux kernel/futex/syscalls.c" },
};
