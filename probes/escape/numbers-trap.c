/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers-trap.c: the same as escape/numbers where each refusal is a
 * SIGSYS: it must come, and name the call and the architecture.
 */
#include "sweep.h"

#include <linux/audit.h>

static const short open_calls[] = { __NR_read, __NR_write, __NR_exit,
	__NR_futex, -1 };
#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
static const short known[] = { 335, 336, -1 };
#else
#define ARCH AUDIT_ARCH_I386
static const short known[] = { -1 };
#endif

static int setup(void)
{
	return sweep_catch(SIGSYS);
}

static int run(void)
{
	if (probe_unfiltered())
		return entry_native(__NR_getpid) > 0 ? 0 : ENOSYS;
	for (long nr = 0; nr < 1024; nr++) {
		if (sweep_listed(open_calls, nr) || sweep_listed(known, nr))
			continue;
		sweep_nr = -1;
		CHECK(sweep_try(entry_native, nr) == SWEEP_SIGNAL);
		CHECK(sweep_nr == nr && sweep_arch == (long)ARCH);
	}
	return 0;
}

PROBE_RAW = {
	.about = "try numbers 0 to 1023: each raises SIGSYS and is named in it",
	.setup = setup,
	.run = run,
	.under = "four-trap",
	.untraced = true,
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/signal.c, force_sig_seccomp" },
};
