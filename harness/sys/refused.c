/* SPDX-License-Identifier: MIT */
/* refused.c: which call a thread that the filter kills was refused. */
#include "sys/refused.h"

#include <signal.h>
#include <sys/ptrace.h>

#include "sys/code.h"
#include "sys/proc.h"

/*
 * An int 0x80 in 64-bit code leaves no trace in the registers of a killed
 * thread: the bytes before the instruction pointer tell.
 */
static bool entered_as_32(pid_t tid, uint64_t ip)
{
	union {
		long word;
		unsigned char bytes[8];
	} u;

	u.word = ptrace(PTRACE_PEEKTEXT, tid, ip - CODE_SYSCALL, 0);
	return code_is_syscall_32(u.bytes);
}

bool refused_at_exit(
	pid_t tid, int sig, struct regs *regs, uint32_t *arch, int *nr)
{
	long mode;

	if (sig != SIGSYS && sig != SIGKILL)
		return false;
	mode = proc_status(tid, "Seccomp");
	/* Kernels before 5.17 do not mark the dead: blame all that die of
	 * SIGSYS with a call in their registers. */
	if (mode != 3 && (mode >= 0 || sig != SIGSYS))
		return false;
	if (regs_get(tid, regs))
		return false;
	*arch = entered_as_32(tid, regs_ip(regs)) ? ARCH_COMPAT
						  : regs_arch(regs);
	*nr = regs_call_nr(regs);
	return true;
}
