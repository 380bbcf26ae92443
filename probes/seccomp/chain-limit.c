/* SPDX-License-Identifier: MIT */
/*
 * seccomp/chain-limit.c: the filters of a thread have 32,768 instructions in
 * all, and each that is there counts 4 more: the next one is ENOMEM.
 */
#include "filters.h"

enum { MOST = 32768, PENALTY = 4, LENGTH = 4096, SHORT = 60, MANY = 900 };

static struct sock_filter insns[LENGTH];

/* Loads filters of LENGTH instructions until one is refused; exits with how
 * many there were, in fours where they are short. */
static int fill(long length)
{
	int n = 0, unit = length > SHORT ? 1 : 4;
	long err;

	for (int i = 0; i < length - 1; i++)
		insns[i] = (struct sock_filter)BPF_STMT(
			BPF_ALU | BPF_ADD | BPF_K, 1);
	insns[length - 1] = (struct sock_filter)BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	while (!(err = filter_load(insns, (int)length, 0)) && n < MANY)
		n++;
	return err == -ENOMEM ? n / unit : 255;
}

/* The kernel counts what it translated: three instructions before a filter's
 * own, and a return is two. */
static int most(int length)
{
	int each = 3 + length + 1;

	return (MOST - each) / (each + PENALTY) + 1;
}

static int run(void)
{
	int few = filter_child(fill, LENGTH);
	int many = filter_child(fill, SHORT);

	CHECK(few >= 0 && !(few & 0x7f) && many >= 0 && !(many & 0x7f));
	probe_value(few >> 8);
	probe_value(many >> 8);
	/* A kernel that hardens what it translates counts more. */
	CHECK(few >> 8 >= 3 && few >> 8 <= most(LENGTH));
	CHECK(many >> 8 >= 50 && many >> 8 <= most(SHORT) / 4);
	return 0;
}

PROBE_RAW = {
	.about = "load filters of 4,096 instructions, and of 60, until one is "
		 "refused",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	/* It counts what is left of a filter once it is optimized, and runs all
	 * of them at each load (pkg/sentry/kernel/seccomp.go): minutes. */
	.has = "!gvisor",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/filter_chain_limits",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: ENOMEM",
		"Linux kernel/seccomp.c, MAX_INSNS_PER_PATH",
		"Linux net/core/filter.c, bpf_convert_filter" },
};
