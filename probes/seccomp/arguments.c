/* SPDX-License-Identifier: MIT */
/* seccomp/arguments.c: a filter sees the whole number, the architecture and
 * both halves of six arguments, each at its place. */
#include "filters.h"

#ifdef __x86_64__
#define ARCH   0xc000003e
#define ARG(i) (0x1000000200000000 * (i) + 0x10000001 * (i))
#else
#define ARCH   0x40000003
#define ARG(i) (0x10000001 * (i))
#endif

static uint32_t word_at(int i)
{
	uint64_t arg =
		i < 4 ? 0 : (uint64_t)(unsigned long)ARG((i - 4) / 2 + 1);

	switch (i) {
	case 0:
		return TRIED;
	case 1:
		return ARCH;
	default:
		return i & 1 ? (uint32_t)(arg >> 32) : (uint32_t)arg;
	}
}

/* Answers with errno 7 if the word at I is as it was given, else 8. */
static int try(long i)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TRIED, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)i * 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, word_at((int)i), 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 8),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 7),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	if (filter_load(insns, 7, 0))
		return 9;
	return (int)-sys(TRIED, ARG(1), ARG(2), ARG(3), ARG(4), ARG(5), ARG(6));
}

/* No bit of the number is cut off. */
static int numbered(long bit)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TRIED | 1u << bit, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 7),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	if (filter_load(insns, 4, 0))
		return 9;
	return sys(TRIED | 1 << bit) == -7 && sys(TRIED) != -7 ? 7 : 8;
}

static int run(void)
{
	/* Bit 30 is x32's, bit 31 makes it negative. */
	for (int bit = 10; bit < 30; bit++)
		CHECK_AT(bit, filter_child(numbered, bit) == FILTER_EXITED(7));
	for (int i = 0; i < 16; i++) {
		/* Where it was made: seccomp/call-address. */
		if (i == 2 || i == 3)
			continue;
		CHECK_AT(i, filter_child(try, i) == FILTER_EXITED(7));
	}
	return 0;
}

PROBE_RAW = {
	.about = "filters that compare each word of what they are given",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/KILL_one_arg_one "
		  "seccomp_bpf/KILL_one_arg_six",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: struct "
		  "seccomp_data" },
};
