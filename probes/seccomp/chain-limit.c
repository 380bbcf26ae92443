/* SPDX-License-Identifier: MIT */
/*
 * seccomp/chain-limit.c: the filters of a thread have 32,768 instructions in
 * all, and 4 more a filter: the next one is ENOMEM.
 */
#include "filters.h"

enum { MOST = 32768, LENGTH = 4096, EACH = 4 };

static struct sock_filter insns[LENGTH];

static int fill(long length)
{
	int n = 0;

	for (int i = 0; i < length; i++)
		insns[i] = (struct sock_filter)BPF_STMT(
			BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	while (n < 255) {
		long err = filter_load(insns, (int)length, 0);

		if (err)
			return err == -ENOMEM ? n : 255;
		n++;
	}
	return n;
}

static int run(void)
{
	int status = filter_child(fill, LENGTH);
	int n = status >> 8;

	CHECK(status >= 0 && !(status & 0x7f));
	probe_value(n);
	/* What the kernel translates it to is what it counts, and may be
	 * longer: the limit holds, and is not far off. */
	CHECK(n >= 3 && n <= (MOST + EACH) / (LENGTH + EACH) + 1);
	return 0;
}

PROBE_RAW = {
	.about = "load filters of 4,096 instructions until one is refused",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/filter_chain_limits",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: ENOMEM",
		"Linux kernel/seccomp.c, MAX_INSNS_PER_PATH" },
};
