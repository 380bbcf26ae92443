/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers-high.c: negative and huge numbers, most of them one of the
 * four calls with bits added.
 */
#include "sweep.h"

static const unsigned int bases[] = { __NR_read, __NR_write, __NR_exit,
	__NR_futex, __NR_getpid, 0xfff };

/* Each base with each of the bits 10 to 31, then -2 to -65. */
static long number(int i)
{
	if (i < 6 * 22)
		return (int)(bases[i % 6] | 1u << (10 + i / 6));
	return -2 - (i - 6 * 22);
}

static const struct sweep all = {
	.enter = entry_native, .number = number, .count = 6 * 22 + 64
};

static int setup(void)
{
	return probe_unfiltered() ? 0 : sweep_killed_setup(&all);
}

static int run(void)
{
	for (int i = 0; probe_unfiltered() && i < all.count; i++)
		CHECK(number(i) & X32_BIT ||
			entry_native(number(i)) == -ENOSYS);
	if (!probe_unfiltered())
		CHECK(!sweep_killed());
	return 0;
}

PROBE_RAW = {
	.about = "try negative and huge numbers, a thread each: none lives",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.expect = { { LOSES("1024"), .why = "read with bit 10 set, the first "
					    "of them; all go the same way" } },
	.seen = { "linux: arch/x86/entry/entry_64.S, entry_SYSCALL_64",
		"linux: arch/x86/entry/common.c, do_syscall_64" },
};
