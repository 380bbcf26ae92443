/* SPDX-License-Identifier: MIT */
/* escape/numbers-high-i386.c: negative and huge numbers by the 32-bit gate. */
#include "sweep.h"

static const unsigned int bases[] = { __NR_read, __NR_write, __NR_exit,
	__NR_futex, __NR_getpid, 0xfff };

/* Each base with each of the bits 10 to 31, then -1 to -64. */
static long number(int i)
{
	if (i < 6 * 22)
		return (int)(bases[i % 6] | 1u << (10 + i / 6));
	return -1 - (i - 6 * 22);
}

static const struct sweep all = {
	.enter = entry_native, .number = number, .count = 6 * 22 + 64
};

static int run(void)
{
	for (int i = 0; probe_unfiltered() && i < all.count; i++)
		CHECK(entry_native(number(i)) == -ENOSYS);
	if (!probe_unfiltered())
		CHECK(!sweep_numbers(&all, __NR_getpid));
	return 0;
}

PROBE = {
	.about = "try negative and huge numbers: none is answered",
	.run = run,
	.under = "four-eperm",
	.flavours = "i386",
	.expect = { { WORKS,
		.why = "on i386 libseccomp has no x32 to look "
		       "for: even these get the default action" } },
	.seen = { "linux: arch/x86/entry/common.c, do_syscall_32_irqs_on" },
};
