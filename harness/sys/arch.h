/* SPDX-License-Identifier: MIT */
/*
 * arch.h: the architectures whose programs this machine runs, as seccomp_data
 * and ELF headers name them. Other facts of the machine are in sys/regs.h.
 */
#ifndef SYS_ARCH_H
#define SYS_ARCH_H

#include <elf.h>
#include <linux/audit.h>

#if defined __x86_64__

#define ARCH_NATIVE	AUDIT_ARCH_X86_64
#define ARCH_COMPAT	AUDIT_ARCH_I386 /* its 32-bit programs */
#define ARCH_ELF_NATIVE EM_X86_64
#define ARCH_ELF_COMPAT EM_386
#define ARCH_TEXT	"x86-64 and i386"

#else
#error "arch.h: quartet does not know which programs this machine runs yet"
#endif

/* Of the two the other one. */
#define ARCH_OTHER(arch)   ((arch) == ARCH_COMPAT ? ARCH_NATIVE : ARCH_COMPAT)

/* x32 shares AUDIT_ARCH_X86_64: this bit in the number of a call tells (asm/
 * unistd.h, __X32_SYSCALL_BIT). */
#define ARCH_X32_BIT	   0x40000000

/* Has ARCH (AUDIT_ARCH_*) calls with the x32 bit? */
#define ARCH_HAS_X32(arch) ((arch) == AUDIT_ARCH_X86_64)

#endif
