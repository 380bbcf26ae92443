/* SPDX-License-Identifier: MIT */
/* escape/numbers-int80.c: the whole i386 table from 64-bit code. */
#include "sweep.h"

#ifdef __x86_64__
static const struct sweep all = { .enter = entry_int80, .count = 480 };

static int setup(void)
{
	return probe_unfiltered() ? 0 : sweep_killed_setup(&all);
}

static int run(void)
{
	if (probe_unfiltered())
		return entry_int80(I386_GETPID) > 0 ? 0 : ENOSYS;
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
	.about = "int 0x80 with numbers 0 to 479, a thread each: none lives",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.has = "ia32",
	.expect = { { LOSES("restart_syscall"),
		.why = "0 there; all others go "
		       "the same way, the four calls' own numbers too" } },
	.seen = { "linux: arch/x86/entry/common.c, do_int80_emulation" },
};
