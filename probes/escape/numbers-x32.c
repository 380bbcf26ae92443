/* SPDX-License-Identifier: MIT */
/* escape/numbers-x32.c: the whole x32 table, its own block included. */
#include "sweep.h"

#ifdef __x86_64__
static const struct sweep all = { .enter = entry_x32, .count = 560 };

static int setup(void)
{
	return probe_unfiltered() ? 0 : sweep_killed_setup(&all);
}

static int run(void)
{
	if (probe_unfiltered())
		return 0;
	CHECK(!sweep_killed());
	return 0;
}
#else
static int setup(void)
{
	return ENOTSUP;
}

static int run(void)
{
	return ENOTSUP;
}
#endif

PROBE_RAW = {
	.about = "x32 numbers 0 to 559, a thread each: none lives",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.expect = { { LOSES("x32:read"),
		.why = "0; all others go the same "
		       "way, the four calls' own numbers too" } },
	.seen = { "linux: arch/x86/entry/syscalls/syscall_64.tbl" },
};
