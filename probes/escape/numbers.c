/* SPDX-License-Identifier: MIT */
/*
 * escape/numbers.c: is there a number that gets past the filter? All of the
 * native table, the gaps in it, the x32-only block (512 to 547) and beyond.
 */
#include "sweep.h"

static const short open_calls[] = { __NR_read, __NR_write, __NR_exit,
	__NR_futex, -1 };
/* escape/uretprobe and escape/uprobe tell what these two do. */
#ifdef __x86_64__
static const short known[] = { 335, 336, -1 };
#else
static const short known[] = { -1 };
#endif
static const struct sweep all = {
	.enter = entry_native, .count = 1024, .open = open_calls, .known = known
};

static int setup(void)
{
	return sweep_catch(SIGILL);
}

static int run(void)
{
	/* The control: what the filter refuses is answered without it. */
	if (probe_unfiltered())
		return entry_native(__NR_getpid) > 0 ? 0 : ENOSYS;
	CHECK(entry_native(__NR_getpid) < 0);
	CHECK(!sweep_numbers(&all, __NR_getpid));
	return 0;
}

PROBE_RAW = {
	.about = "try call numbers 0 to 1023: none but the four answers",
	.setup = setup,
	.run = run,
	.under = "four-eperm four-enosys",
	.expect = {
		{ WORKS, .has = "uprobe", .flavour = "!i386", .why = "all are "
			"refused but 335 (uretprobe) and 336 (uprobe), which "
			"this kernel lets past every filter: see the values" },
		{ WORKS, .has = "uretprobe", .flavour = "!i386", .why = "all "
			"are refused but 335 (uretprobe), which this kernel "
			"lets past every filter: see the values" },
		{ WORKS },
	},
	.seen = { "linux: kernel/seccomp.c, seccomp_uprobe_exception",
		"linux: arch/x86/entry/syscalls/syscall_64.tbl" },
};
