/* SPDX-License-Identifier: MIT */
/*
 * regs.h: the registers of a stopped thread, and what the ABI keeps in them.
 * One file of code a machine; nothing else names a register. Its instructions
 * are in sys/code.h, the architectures in sys/arch.h.
 */
#ifndef SYS_REGS_H
#define SYS_REGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/user.h>

#include "sys/arch.h"

#if !defined __x86_64__
#error "regs.h: the registers of this machine are not known yet"
#endif

/* As ptrace gives them to a native tracer, also of a 32-bit thread. */
struct regs {
	struct user_regs_struct user;
};

/* Of thread TID, in a ptrace stop; and back. 0, or a negative errno. */
int regs_get(pid_t tid, struct regs *r);
int regs_set(pid_t tid, const struct regs *r);

/* Those of a thread that nobody stops, of which only these are known (FP: the
 * frame pointer, a guess or 0). Whether it is 32-bit code is a guess by SP. */
struct regs regs_of_sleeper(uint64_t ip, uint64_t sp, uint64_t fp);

/* Does it run 32-bit code? And as whose calls are that code's taken? It may
 * make those of others too: int 0x80 is open to 64-bit code. */
bool regs_is_32(const struct regs *r);
uint32_t regs_arch(const struct regs *r);

uint64_t regs_ip(const struct regs *r);
uint64_t regs_sp(const struct regs *r);
void regs_set_ip(struct regs *r, uint64_t ip);

/* What marks the thread for its libc: the address of its own block. */
uint64_t regs_thread_pointer(const struct regs *r);

/* An address of SIZE bytes below the stack in use, aligned to 16. */
uint64_t regs_room(const struct regs *r, size_t size);

/* The number of the call that the thread is in, or was refused; negative when
 * there is none. */
int regs_call_nr(const struct regs *r);

/* The arguments of a call of ARCH, as the kernel sees them. */
void regs_args(const struct regs *r, uint32_t arch, uint64_t args[6]);

/* The register that holds argument N of a call of ARCH. */
unsigned long long *regs_arg(struct regs *r, uint32_t arch, int n);

/* What the call returned: a value, or a negative errno. */
long regs_result(const struct regs *r);
void regs_set_result(struct regs *r, long result);

/* At the entry of a call: it is not made, and returns RESULT. */
void regs_skip_call(struct regs *r, long result);

/* At its return: the thread makes it (again), with number NR. */
void regs_make_again(struct regs *r, int nr);

/* Whether it was stopped in a wait with a time-out, and would go on by
 * restart_syscall; makes the wait anew instead, its time-out from the
 * beginning. */
bool regs_is_interrupted(const struct regs *r);
void regs_make_anew(struct regs *r);

/* The thread's next instruction, which is a CODE_SYSCALL at IP, makes call NR
 * of the code it runs. */
void regs_set_call(struct regs *r, uint64_t ip, long nr, const long args[6]);

/* The first argument of a function that thread TID enters just now. */
uint64_t regs_function_arg(pid_t tid, const struct regs *r);

/* What is called by another name on some machines: to map memory, with an
 * offset that does not count here; and the return from a signal handler that
 * strict mode allows (asm/seccomp.h). */
const char *regs_mmap(uint32_t arch);
const char *regs_sigreturn(uint32_t arch);

/* For unwinding: DWARF's numbers of the stack pointer, the frame pointer and
 * the program counter, which is the last one; and all of them. */
#define REGS_DWARF 17

struct regs_dwarf {
	int sp, fp, pc;
};

const struct regs_dwarf *regs_dwarf(bool is_32);
void regs_to_dwarf(const struct regs *r, uint64_t to[REGS_DWARF]);

/* What the kernel keeps of a thread (64-bit code) while a signal handler runs:
 * REGS_SAVED words, at this offset from the restorer's stack pointer. */
#define REGS_SAVED 17

size_t regs_saved_at(void);
void regs_saved_to_dwarf(
	const uint64_t saved[REGS_SAVED], uint64_t to[REGS_DWARF]);

#endif
