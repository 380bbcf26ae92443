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

/* Kernels before 5.17 do not mark the dead, nor does gVisor: all are blamed
 * that die of SIGSYS with a call in their registers. It counts no filters, as
 * no kernel did before 5.9. */
static bool may_be_refused(pid_t tid, long mode)
{
	return mode < 0 ||
	       (mode == 2 && proc_status(tid, "Seccomp_filters") < 0);
}

bool refused_at_exit(
	pid_t tid, int sig, struct regs *regs, uint32_t *arch, int *nr)
{
	long mode;

	if (sig != SIGSYS && sig != SIGKILL)
		return false;
	mode = proc_status(tid, "Seccomp");
	if (mode != 3 && (sig != SIGSYS || !may_be_refused(tid, mode)))
		return false;
	if (regs_get(tid, regs))
		return false;
	*arch = entered_as_32(tid, regs_ip(regs)) ? ARCH_COMPAT
						  : regs_arch(regs);
	*nr = regs_call_nr(regs);
	return true;
}
