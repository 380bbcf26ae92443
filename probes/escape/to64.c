/* SPDX-License-Identifier: MIT */
/*
 * escape/to64.c: a 32-bit program turns into a 64-bit one by a far return to
 * the kernel's 64-bit code segment, 0x33, and makes the 64-bit getpid.
 */
#include "probe.h"

static int run(void)
{
#ifdef __i386__
	long ret;

	/* Assembled as 32-bit code; behind the first lret the same bytes mean
	 * the same with 64-bit addresses. */
	__asm__ volatile("pushl $0x33\n\t"
			 "call 1f\n"
			 "1: addl $(2f - 1b), (%%esp)\n\t"
			 "lret\n"
			 "2: .byte 0x0f, 0x05\n\t" /* syscall */
			 "call 3f\n"
			 "3: movl $0x23, 4(%%esp)\n\t"
			 "addl $(4f - 3b), (%%esp)\n\t"
			 "lret\n"
			 "4:"
			 : "=a"(ret)
			 : "0"(39)
			 : "ecx", "edx", "esi", "edi", "memory");
	return ret > 0 ? 0 : (int)-ret;
#else
	return ENOTSUP;
#endif
}

PROBE = {
	.about = "far return to 64-bit code, then syscall: the x86-64 getpid",
	.run = run,
	.under = "four four-process four-eperm four-trap strict",
	.flavours = "i386",
	.expect = { { DIES("getpid"),
		.why = "a filter for i386 alone kills on "
		       "every other architecture, x86-64 too" } },
	.seen = { "linux: arch/x86/include/asm/segment.h, __USER_CS" },
};
