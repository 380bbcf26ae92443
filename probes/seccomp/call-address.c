/* SPDX-License-Identifier: MIT */
/* seccomp/call-address.c: a filter sees where a call was made. */
#include "filters.h"

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

static int run(void)
{
	CHECK(filter_child(from, 0) == FILTER_EXITED(7));
	return 0;
}

PROBE_RAW = {
	.about = "a filter that refuses getpid at one place of two",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "call_address",
	.expect = {
		{ DIES("clone") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: struct "
		  "seccomp_data",
		"Linux kernel/seccomp.c, populate_seccomp_data" },
};
