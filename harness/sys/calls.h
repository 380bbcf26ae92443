/* SPDX-License-Identifier: MIT */
/* calls.h: system calls and architectures by name, as libseccomp knows them. */
#ifndef SYS_CALLS_H
#define SYS_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name of call NR on ARCH (AUDIT_ARCH_*), or the number as text. With the
 * x32 bit set it is "x32:NAME". */
void calls_name(uint32_t arch, int nr, char *name, size_t size);

/* The number of NAME on ARCH, or -1. */
int calls_number(uint32_t arch, const char *name);

/* True when argument ARG of the call is known to be of 32 bits: the kernel sees
 * no more of it (the types in its SYSCALL_DEFINEs). */
bool calls_cuts(const char *name, unsigned arg);

/* How many arguments the call has on x86-64 or, if ARCH is that, on i386; -1
 * when not known. */
int calls_arity(uint32_t arch, const char *name);

/* The errno of that name in capitals or small letters (errno(3)), or 0. */
int calls_errno(const char *name);

/* "x86_64", "x86", "x32", ... or "?"; and back, 0 when unknown. */
const char *calls_arch_name(uint32_t arch);
uint32_t calls_arch(const char *name);

/* The architectures that have such a name, from 0 on; past the last: 0. */
uint32_t calls_arch_nth(size_t n);

#endif
