/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers-killed.c: the numbers of the native table under the filter
 * that kills: each is tried by a thread of its own, which must not come back.
 */
#include "sweep.h"

static const short open_calls[] = { __NR_read, __NR_write, __NR_exit,
	__NR_futex, -1 };
static const short known[] = { 335, 336, -1 };
static const struct sweep all = {
	.enter = entry_native, .count = 480, .open = open_calls, .known = known
};

static int setup(void)
{
	return probe_unfiltered() ? 0 : sweep_killed_setup(&all);
}

static int run(void)
{
	if (probe_unfiltered())
		return entry_native(__NR_getpid) > 0 ? 0 : ENOSYS;
	CHECK(!sweep_killed());
	return 0;
}

PROBE_RAW = {
	.about = "try numbers 0 to 479, a thread each: none lives but the four",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.expect = { { LOSES("open"),
		.why = "2, the first number that is "
		       "refused; all others go the same way" } },
	.seen = { "linux: kernel/seccomp.c, __seccomp_filter" },
};
