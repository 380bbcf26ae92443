/* SPDX-License-Identifier: MIT */
/*
 * escape/to32.c: a 64-bit program turns into a 32-bit one by a far jump to
 * the kernel's 32-bit code segment, 0x23; int 0x80 there is the native way.
 * Only the flavour `raw` surely lies below 4 GiB, where such a jump reaches.
 */
#include "probe.h"

static int run(void)
{
#ifdef QUARTET_RAW
	long ret;

	/* The upper halves of the registers are lost on the way. */
	__asm__ volatile("mov %%rsp, %%r12\n\t"
			 "ljmp *1f(%%rip)\n"
			 "1: .long 2f, 0x23\n"
			 ".code32\n"
			 "2: int $0x80\n\t"
			 "ljmp $0x33, $3f\n"
			 ".code64\n"
			 "3: mov %%r12, %%rsp\n\t"
			 "movslq %%eax, %%rax"
			 : "=a"(ret)
			 : "0"(20L)
			 : "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10",
			 "r11", "r12", "r13", "r14", "r15", "memory");
	return ret > 0 ? 0 : (int)-ret;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "far jump to 32-bit code, then int 0x80: the i386 getpid",
	.run = run,
	.under = "four four-process four-eperm four-trap strict",
	.flavours = "raw",
	.has = "ia32",
	.expect = { { DIES("getpid"),
		.why = "the entry decides about the "
		       "architecture, not what the program was loaded as" } },
	.seen = { "linux: arch/x86/include/asm/segment.h, __USER32_CS" },
};
