/* SPDX-License-Identifier: MIT */
/*
 * entry.h: the ways into the x86 kernel, for the probes that try a number on
 * each. Every argument is -1: no descriptor, no pointer, no known flag, so
 * that a call which a filter lets through by mistake finds nothing to do.
 * (arch/x86/entry/entry_64.S, entry_64_compat.S, common.c)
 */
#ifndef PROBE_ENTRY_H
#define PROBE_ENTRY_H

#include "sys/sys.h"

/* The way that the program's own calls take. */
static inline long entry_native(long nr)
{
	return sys(nr, -1, -1, -1, -1, -1, -1);
}

/* Numbers of calls without arguments that every kernel has. */
#define I386_GETPID   20
#define X86_64_GETPID 39
#define X32_BIT	      0x40000000

#ifdef __x86_64__

/* The i386 table from 64-bit code. The frame pointer is the sixth argument. */
static inline long entry_int80(long nr)
{
	int ret;

	__asm__ volatile(
		"int $0x80"
		: "=a"(ret)
		: "0"((int)nr), "b"(-1), "c"(-1), "d"(-1), "S"(-1), "D"(-1)
		: "r8", "r9", "r10", "r11", "memory");
	return ret;
}

static inline long entry_x32(long nr)
{
	return entry_native(nr | X32_BIT);
}

#else

/*
 * The way that libc takes: the vDSO's __kernel_vsyscall, which is sysenter on
 * Intel, syscall on AMD. Its address lies in the thread's header (glibc:
 * sysdeps/i386/nptl/tls.h, sysinfo).
 */
static inline long entry_vdso(long nr)
{
	long ret;

	__asm__ volatile("call *%%gs:0x10"
			 : "=a"(ret)
			 : "0"(nr), "b"(-1), "c"(-1), "d"(-1), "S"(-1), "D"(-1)
			 : "memory");
	return ret;
}

#endif

#endif
