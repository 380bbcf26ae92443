/* SPDX-License-Identifier: MIT */
/*
 * seccomp/sysemu.c: a tracer with PTRACE_SYSEMU stands before the filter: it
 * answers a call that the filter would kill.
 */
#include "filters.h"

enum { TRACEME = 0, POKEUSR = 6, CONT = 7, SYSEMU = 31 };
#ifdef __x86_64__
enum { RAX = 8 * 10 };
#else
enum { RAX = 4 * 6 };
#endif

static int child(long unused)
{
	(void)unused;
	if (sys(__NR_ptrace, TRACEME, 0, 0, 0) ||
		filter_answer(SECCOMP_RET_KILL_PROCESS, 0))
		return 1;
	sys(__NR_kill, sys(__NR_gettid), SIGSTOP);
	return sys(TRIED) != 77;
}

static int wait_stopped(long pid)
{
	int status = filter_wait(pid);

	return (status & 0xff) == 0x7f ? status >> 8 : -1;
}

static int run(void)
{
	long pid = filter_start(0, child, 0);

	CHECK(wait_stopped(pid) == SIGSTOP);
	CHECK(!sys(__NR_ptrace, SYSEMU, pid, 0, 0));
	CHECK(wait_stopped(pid) == SIGTRAP);
	CHECK(!sys(__NR_ptrace, POKEUSR, pid, RAX, 77));
	CHECK(!sys(__NR_ptrace, CONT, pid, 0, 0));
	CHECK(filter_wait(pid) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "answer a call in the filter's place, by PTRACE_SYSEMU",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc",
	.untraced = true,
	.has = "sysemu",
	.expect = {
		{ DIES("?") },
	},
	.covers = "seccomp_bpf/sysemu",
	.seen = { "https://man7.org/linux/man-pages/man2/ptrace.2.html: "
		  "PTRACE_SYSEMU",
		"Linux kernel/entry/common.c, syscall_trace_enter",
		"Linux arch/um/kernel/ptrace.c, arch_ptrace: EIO" },
};
