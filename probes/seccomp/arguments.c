/* SPDX-License-Identifier: MIT */
/* seccomp/arguments.c: a filter sees the whole number, the architecture, where
 * the call was made and both halves of six arguments, each at its place. */
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

/* Answers getpid from WHERE, and from nowhere else, with errno 7. */
static long load(uint32_t where)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TRIED, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, instruction_pointer)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, where, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 7),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return filter_load(insns, 6, 0);
}

/* getpid, and where the processor was when the kernel was entered: behind the
 * instruction. One place, however often it is called. */
__attribute__((noinline)) static long ask(uint32_t *where)
{
	long ret, at = 0;

#ifdef __x86_64__
	__asm__ volatile("lea 1f(%%rip), %1\n\t"
			 "syscall\n"
			 "1:"
			 : "=a"(ret), "=&r"(at)
			 : "0"(TRIED)
			 : "rcx", "r11", "memory");
#else
	__asm__ volatile("call 2f\n"
			 "2:\tpopl %1\n\t"
			 "addl $1f - 2b, %1\n\t"
			 "int $0x80\n"
			 "1:"
			 : "=a"(ret), "=&r"(at)
			 : "0"(TRIED)
			 : "memory");
#endif
	*where = (uint32_t)at;
	return ret;
}

static int from(long unused)
{
	uint32_t where;
	long pid = ask(&where);

	(void)unused;
	if (load(where))
		return 9;
	return ask(&where) == -7 && sys(TRIED) == pid ? 7 : 8;
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
	CHECK(filter_child(from, 0) == FILTER_EXITED(7));
	/* Bit 30 is x32's, bit 31 makes it negative. */
	for (int bit = 10; bit < 30; bit++)
		CHECK_AT(bit, filter_child(numbered, bit) == FILTER_EXITED(7));
	for (int i = 0; i < 16; i++) {
		/* Where it was made: that is from(). */
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
