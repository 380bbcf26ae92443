/* SPDX-License-Identifier: MIT */
/*
 * sys.h: raw system calls, with no libc between the caller and the kernel.
 * For code that runs armed, and for the flavour that has no libc at all.
 * x86-64 and i386; every wrapper returns what the kernel returned: a value,
 * or a negative errno.
 */
#ifndef SYS_SYS_H
#define SYS_SYS_H

#include <stddef.h>
#include <stdint.h>
#include <asm/unistd.h>

#if defined __x86_64__

static inline long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile(
		"syscall"
		: "=a"(ret)
		: "0"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
		: "rcx", "r11", "memory");
	return ret;
}

#elif defined __i386__

/* ebp and ebx may be taken by the compiler: all six go through memory. */
static inline long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	long v[7] = { nr, a, b, c, d, e, f };
	long ret;

	__asm__ volatile("pushl %%ebp\n\t"
			 "pushl %%ebx\n\t"
			 "movl 4(%%eax), %%ebx\n\t"
			 "movl 8(%%eax), %%ecx\n\t"
			 "movl 12(%%eax), %%edx\n\t"
			 "movl 16(%%eax), %%esi\n\t"
			 "movl 20(%%eax), %%edi\n\t"
			 "movl 24(%%eax), %%ebp\n\t"
			 "movl (%%eax), %%eax\n\t"
			 "int $0x80\n\t"
			 "popl %%ebx\n\t"
			 "popl %%ebp"
			 : "=a"(ret)
			 : "0"(v)
			 : "ecx", "edx", "esi", "edi", "memory");
	return ret;
}

#else
#error "sys.h: no raw system call for this machine yet"
#endif

/* Fewer arguments: the rest are 0. sys(NR, ...) takes none to six. */
#define SYS_N(nr, a, b, c, d, e, f, ...)                                       \
	sys6((long)(nr), (long)(a), (long)(b), (long)(c), (long)(d),           \
		(long)(e), (long)(f))
#define sys(...) SYS_N(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

/* The kernel's own struct timespec for `futex` (long, also on i386). */
struct sys_timespec {
	long tv_sec;
	long tv_nsec;
};

static inline long sys_futex(volatile void *word, int op, long val,
	const void *timeout_or_val2, volatile void *word2, long val3)
{
	return sys(__NR_futex, word, op, val, timeout_or_val2, word2, val3);
}

/* An address, or a negative errno: sys_failed() tells. */
static inline long sys_mmap(
	long size, int prot, int flags, long fd, long offset)
{
#ifdef __NR_mmap2
	return sys(__NR_mmap2, 0, size, prot, flags, fd, offset / 4096);
#else
	return sys(__NR_mmap, 0, size, prot, flags, fd, offset);
#endif
}

static inline int sys_failed(long ret)
{
	return ret < 0 && ret > -4096;
}

/* Ends the calling thread alone. */
__attribute__((noreturn)) static inline void sys_exit(int status)
{
	for (;;)
		sys(__NR_exit, status);
}

#endif
