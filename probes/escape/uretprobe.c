/* SPDX-License-Identifier: MIT */
/*
 * escape/uretprobe.c: call 335, by which the kernel's own trampoline returns
 * from a probed function. Kernels that have it let it past every filter, so
 * that a tracer does not kill whom it traces; from anywhere else it is SIGILL.
 */
#include "sweep.h"

static int setup(void)
{
	return sweep_catch(SIGILL);
}

static int run(void)
{
	long ret = sweep_try(entry_native, 335);

	if (ret == SWEEP_SIGNAL || (probe_unfiltered() && ret == -ENOSYS))
		return 0;
	return (int)-ret;
}

PROBE_RAW = {
	.about = "call 335 (uretprobe) where no trampoline is",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.flavours = "!i386",
	.expect = {
		{ WORKS, .has = "uretprobe", .why = "it passes every filter, "
			"strict mode too; here it ends in a SIGILL, which is "
			"caught" },
		{ FAILS(ENOSYS), .has = "!uretprobe uretprobe_exempt", .why =
			"the exception is made for the number, also by a kernel "
			"that has no such call: without CONFIG_UPROBES, or a "
			"user-mode Linux" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("uretprobe") },
	},
	.covers = "seccomp_bpf/URETPROBE.uretprobe_default_allow "
		  "seccomp_bpf/URETPROBE.uretprobe_default_block_with_uretprobe_syscall",
	.seen = { "linux: kernel/seccomp.c, seccomp_uprobe_exception",
		"linux: arch/x86/kernel/uprobes.c, uretprobe",
		"https://git.kernel.org/linus/cf6cb56ef24410fb5308f9655087f1e"
		"ddf4452e6",
		"https://github.com/systemd/systemd/issues/34615" },
};
