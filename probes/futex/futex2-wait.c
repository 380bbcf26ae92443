/* SPDX-License-Identifier: MIT */
/* futex/futex2-wait.c: allowing futex does not allow futex_wait, number 455.
 * */
#include "probe.h"

#define NR_CALL 455 /* younger than some headers */

static int word;

static int run(void)
{
	long ret = sys(NR_CALL, &word, 1, 0xffffffff, 2, NULL, 0);

	if (ret == -EPERM || ret == -ENOSYS)
		return (int)-ret;
	CHECK(ret == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "futex_wait on words that nobody waits for",
	.run = run,
	.under = "four four-eperm four-enosys",
	.has = "futex2",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("futex_wait") },
	},
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html",
		"Linux kernel/futex/syscalls.c" },
};
