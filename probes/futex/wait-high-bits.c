/* SPDX-License-Identifier: MIT */
/* futex/wait-high-bits.c: the value and the operation are 32 bits wide: the
 * kernel does not see the upper halves. */
#include "sleeper.h"

#define HIGH ((long)0x700000000LL)

static int word = 5;
static struct sys_timespec zero;

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, HIGH | 5, &zero, NULL, 0) ==
		-ETIMEDOUT);
	CHECK(sys6(__NR_futex, (long)&word, HIGH | FUTEX_WAIT_PRIVATE, 6, 0, 0,
		      0) == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "wait with bits above 32 in the value and in the operation",
	.run = run,
	.under = "four futex-wait-wake",
	.flavours = "!i386",
	.expect = {
		{ WORKS, .why = "the rule masks the lower half alone, and so "
				"agrees with the kernel; one that compares "
				"all 64 bits refuses what the kernel would "
				"take" },
	},
	.seen = { "Linux kernel/futex/syscalls.c, "
		"SYSCALL_DEFINE6(futex)",
		"https://man7.org/linux/man-pages/man3/seccomp_rule_add.3.html" },
};
