/* SPDX-License-Identifier: MIT */
/*
 * code.h: machine code, as far as it must be read or written here: how the
 * system is entered, what a call looks like, a breakpoint. Pure; what is given
 * are bytes of the program that is looked at, as they lie in its memory.
 */
#ifndef SYS_CODE_H
#define SYS_CODE_H

#include <stdbool.h>
#include <stdint.h>

#if !defined __x86_64__
#error "code.h: the code of this machine is not known yet"
#endif

#define CODE_SYSCALL  2	 /* bytes of an instruction that enters the kernel */
#define CODE_CALL     7	 /* ... of a call, at most */
#define CODE_DIRECT   5	 /* ... of a call of a function by its address */
#define CODE_STUB     12 /* ... of a stub for functions of other modules */
#define CODE_RESTORER 9	 /* ... of a return from a signal handler */
#define CODE_BREAK    1	 /* ... of a breakpoint */
#define CODE_INSN     15 /* ... of any instruction, at most */

/* The CODE_SYSCALL bytes by which 32-bit code, or other, enters the kernel. */
const unsigned char *code_syscall(bool is_32);

/* Do these CODE_SYSCALL bytes enter the kernel, as code of any kind may? By the
 * way of 32-bit code, which is open to other code too? */
bool code_is_syscall(const unsigned char *b);
bool code_is_syscall_32(const unsigned char *b);

/* Do these CODE_CALL bytes end with a call? The forms that compilers make. */
bool code_ends_with_call(const unsigned char *b);

/* The address that the CODE_DIRECT bytes before RET call, or 0. */
uint64_t code_call_target(const unsigned char *b, uint64_t ret, bool is_32);

/* Where the stub of CODE_STUB bytes at ADDR, in 64-bit code, has the address
 * that it jumps to; 0: it is none. */
uint64_t code_stub_slot(const unsigned char *b, uint64_t addr);

/* Do the CODE_RESTORER bytes return from a signal handler? (64-bit code.) */
bool code_is_restorer(const unsigned char *b);

/* The word of code with a breakpoint in place of its first instruction. */
long code_with_break(long word);

/* What the processor counts at an even pace, read without a call. */
uint64_t code_ticks(void);

#endif
