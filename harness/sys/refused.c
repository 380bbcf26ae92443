/* SPDX-License-Identifier: MIT */
/* refused.c: which call a thread that the filter kills was refused. */
#include "sys/refused.h"

#include <linux/audit.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>

#include "sys/proc.h"

/* kernel: arch/x86/include/asm/segment.h, __USER32_CS; set while a thread runs
 * 32-bit code. */
#define USER32_CS 0x23

void refused_args(
	const struct user_regs_struct *r, bool i386_call, uint64_t args[6])
{
	const uint64_t long_mode[6] = { r->rdi, r->rsi, r->rdx, r->r10, r->r8,
		r->r9 };
	const uint64_t compat[6] = { r->rbx, r->rcx, r->rdx, r->rsi, r->rdi,
		r->rbp };

	memcpy(args, i386_call ? compat : long_mode, sizeof(long_mode));
	for (int i = 0; i386_call && i < 6; i++)
		args[i] = (uint32_t)args[i];
}

/*
 * An int 0x80 in 64-bit code leaves no trace in the registers of a killed
 * thread: the two bytes before the instruction pointer tell.
 */
static bool entered_by_int80(pid_t tid, uint64_t ip)
{
	union {
		long word;
		unsigned char bytes[8];
	} u;

	u.word = ptrace(PTRACE_PEEKTEXT, tid, ip - 2, 0);
	return u.bytes[0] == 0xcd && u.bytes[1] == 0x80;
}

/*
 * The vsyscall page is emulated in a fault: when the signal comes, orig_rax is
 * -1, the call's number was put back into rax, and the thread has returned to
 * its caller (arch/x86/entry/vsyscall/vsyscall_64.c, do_ret).
 */
static int number(const struct user_regs_struct *regs)
{
	int nr = (int)regs->orig_rax;

	return nr == -1 && (long)regs->rax > 0 ? (int)regs->rax : nr;
}

bool refused_at_exit(pid_t tid, int sig, struct user_regs_struct *regs,
	uint32_t *arch, int *nr)
{
	long mode;

	if (sig != SIGSYS && sig != SIGKILL)
		return false;
	mode = proc_status(tid, "Seccomp");
	/* Kernels before 5.17 do not mark the dead: blame all that die of
	 * SIGSYS with a call in their registers. */
	if (mode != 3 && (mode >= 0 || sig != SIGSYS))
		return false;
	if (ptrace(PTRACE_GETREGS, tid, 0, regs))
		return false;
	*arch = regs->cs == USER32_CS || entered_by_int80(tid, regs->rip)
			? AUDIT_ARCH_I386
			: AUDIT_ARCH_X86_64;
	*nr = number(regs);
	return true;
}
