/* SPDX-License-Identifier: MIT */
/* calls.h: system calls and architectures by name, and what is known of each.
 */
#ifndef SYS_CALLS_H
#define SYS_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calls_arch {
	CALLS_X86_64,
	CALLS_I386, /* as kernels of x86-64 have them */
	CALLS_X32,  /* without ARCH_X32_BIT */
	CALLS_AARCH64,
	CALLS_ARCHES
};

struct call {
	const char *name;
	int16_t nr[CALLS_ARCHES]; /* -1: none */
	uint8_t arity[2];	  /* of 64-bit programs, of i386's */
	/* Bit N: of argument N the kernel sees no more than 32 bits, or 16, if
	 * the program is of 64. */
	uint8_t bits32, bits16;
	/* Of those: argument N is a set of flags, is a pointer. */
	uint8_t flags, pointers;
	/* Bit per calls_arch: the last kernel of the table has an entry. */
	uint8_t has;
	/* That kernel and those before, back to this one (CALLS_KERNEL), all
	 * that the table was made from: some in between may have it too. The
	 * first of them has whatever is older. 0: the last has it no more. */
	uint16_t since;
	bool optional; /* a kernel can be built without it */
};

#define CALLS_KERNEL(major, minor) ((major)*100 + (minor))

/* By name, in the order of strcmp(3). */
extern const struct call calls_table[];
extern const size_t calls_n;

/* The line of NAME, or NULL. */
const struct call *calls_find(const char *name);

/* The name of call NR on ARCH (AUDIT_ARCH_*), or the number as text. With the
 * x32 bit set it is "x32:NAME". */
void calls_name(uint32_t arch, int nr, char *name, size_t size);

/* True when it has a name. */
bool calls_known(uint32_t arch, int nr);

/* The number of NAME on ARCH, or -1. */
int calls_number(uint32_t arch, const char *name);

/* The first number behind those that the table has on ARCH; x32's legacy
 * numbers are no matter. */
int calls_end(uint32_t arch);

/* How many bits of argument ARG the kernel sees: 16, 32 or 64 (the types in
 * its SYSCALL_DEFINEs). On i386 it is asked for no call. */
unsigned calls_bits(const char *name, unsigned arg);

/* True when they are not more than 32. */
bool calls_cuts(const char *name, unsigned arg);

/* Whether argument ARG is a set of flags, a pointer, in 64-bit programs. */
bool calls_takes_flags(const char *name, unsigned arg);
bool calls_takes_pointer(const char *name, unsigned arg);

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
