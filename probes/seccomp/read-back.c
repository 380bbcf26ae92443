/* SPDX-License-Identifier: MIT */
/*
 * seccomp/read-back.c: a tracer with privilege, and no filter of its own, reads
 * the filters of its tracee as they were loaded, the oldest first, whatever
 * ptrace(2) says, and their flags.
 */
#include "filters.h"

enum { TRACEME = 0, CONT = 7, GET_FILTER = 0x420c, GET_METADATA = 0x420d };

static int child(long unused)
{
	(void)unused;
	if (sys(__NR_ptrace, TRACEME, 0, 0, 0) ||
		filter_answer(SECCOMP_RET_ERRNO | 5, 0) ||
		filter_answer(SECCOMP_RET_ERRNO | 6, SECCOMP_FILTER_FLAG_LOG))
		return 1;
	sys(__NR_kill, sys(__NR_gettid), SIGSTOP);
	return 0;
}

static int run(void)
{
	struct sock_filter insns[8];
	struct {
		uint64_t filter, flags;
	} about;
	long pid = filter_start(0, child, 0);

	CHECK((filter_wait(pid) & 0xff) == 0x7f);
	for (int i = 0; i < 2; i++) {
		CHECK_AT(i, sys(__NR_ptrace, GET_FILTER, pid, i, 0) == 4);
		CHECK_AT(i, sys(__NR_ptrace, GET_FILTER, pid, i, insns) == 4);
		CHECK_AT(i, insns[1].k == TRIED);
		CHECK_AT(i, insns[2].k == (SECCOMP_RET_ERRNO | (i ? 6u : 5u)));
		about.filter = (uint64_t)i;
		about.flags = 99;
		CHECK_AT(i, sys(__NR_ptrace, GET_METADATA, pid, sizeof(about),
				    &about) == sizeof(about));
		CHECK_AT(i, about.flags == (i ? SECCOMP_FILTER_FLAG_LOG : 0));
	}
	CHECK(sys(__NR_ptrace, GET_FILTER, pid, 2, 0) == -ENOENT);
	CHECK(!sys(__NR_ptrace, CONT, pid, 0, 0));
	CHECK(filter_wait(pid) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "read the two filters of a traced child",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc",
	.has = "suspend_seccomp",
	.untraced = true,
	.expect = {
		{ DIES("?") },
	},
	.covers = "seccomp_bpf/get_metadata",
	.seen = { "https://man7.org/linux/man-pages/man2/ptrace.2.html: "
		  "PTRACE_SECCOMP_GET_FILTER",
		"Linux kernel/seccomp.c, get_nth_filter, "
		"seccomp_get_metadata" },
};
