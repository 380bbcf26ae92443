/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers-vdso.c: the fast 32-bit entry, sysenter or syscall by the
 * processor, as the vDSO makes it.
 */
#include "sweep.h"

static const short open_calls[] = { 1, 3, 4, 240, -1 };

static int run(void)
{
#ifdef __i386__
	static const struct sweep all = {
		.enter = entry_vdso, .count = 1024, .open = open_calls
	};

	if (probe_unfiltered())
		return entry_vdso(I386_GETPID) > 0 ? 0 : ENOSYS;
	CHECK(!sweep_numbers(&all, I386_GETPID));
	return 0;
#else
	(void)open_calls;
	return ENOTSUP;
#endif
}

PROBE = {
	.about = "numbers 0 to 1023 by sysenter: none but the four answers",
	.run = run,
	.under = "four-eperm four-enosys",
	.flavours = "i386",
	.expect = { { WORKS } },
	.seen = { "linux: arch/x86/entry/entry_64_compat.S" },
};
