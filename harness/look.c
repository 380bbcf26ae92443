/* SPDX-License-Identifier: MIT */
/* look.c: what a stopped thread tells: the refused call, the crash. */
#include <elf.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "proc.h"
#include "trace_int.h"

/* asm-generic/siginfo.h; glibc has it from 2.37 on, in the clear. */
#ifndef SYS_SECCOMP
#define SYS_SECCOMP 1
#endif

/* kernel: arch/x86/include/asm/segment.h, __USER32_CS; set while a thread runs
 * 32-bit code. */
#define USER32_CS 0x23

static bool get_regs(pid_t tid, struct user_regs_struct *regs, bool *is_32)
{
	if (ptrace(PTRACE_GETREGS, tid, 0, regs))
		return false;
	*is_32 = regs->cs == USER32_CS;
	return true;
}

static void get_args(
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

static struct refusal *new_refusal(struct trace *t, const struct task *task)
{
	struct refusal *r;

	if (t->ev->nrefusals == EV_DEATHS)
		return NULL;
	r = &t->ev->refusals[t->ev->nrefusals++];
	r->tid = task->tid;
	r->thread = task->no;
	r->nr = -1;
	return r;
}

static void fill_refusal(struct trace *t, struct refusal *r, uint32_t arch,
	long nr, const struct user_regs_struct *regs, bool is_32)
{
	r->arch = arch;
	r->nr = (int)nr;
	r->ip = regs->rip;
	get_args(regs, arch == AUDIT_ARCH_I386, r->args);
	calls_name(arch, r->nr, r->call, sizeof(r->call));
	r->nframes = stack_walk(
		t->stacks, t->pid, r->tid, regs, is_32, r->frames, EV_FRAMES);
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
static long refused_nr(const struct user_regs_struct *regs)
{
	int nr = (int)regs->orig_rax;

	return nr == -1 && (long)regs->rax > 0 ? (long)regs->rax : nr;
}

static bool was_refused(const struct trace *t, pid_t tid, int sig)
{
	long mode;

	if (!t->cell->filtered || (sig != SIGSYS && sig != SIGKILL))
		return false;
	mode = proc_status(tid, "Seccomp");
	/* Kernels before 5.17 do not mark the dead: blame all that die of
	 * SIGSYS with a call in their registers. */
	return mode == 3 || (mode < 0 && sig == SIGSYS);
}

void trace_exit(struct trace *t, const struct task *task)
{
	struct user_regs_struct regs;
	struct refusal *r;
	unsigned long code = 0;
	bool is_32;

	if (task->tgid != t->pid)
		return;
	ptrace(PTRACE_GETEVENTMSG, task->tid, 0, &code);
	if (!was_refused(t, task->tid, (int)(code & 0x7f)))
		return;
	if (!get_regs(task->tid, &regs, &is_32))
		return;
	r = new_refusal(t, task);
	if (!r)
		return;
	r->killed_thread = true;
	fill_refusal(t, r,
		is_32 || entered_by_int80(task->tid, regs.rip)
			? AUDIT_ARCH_I386
			: AUDIT_ARCH_X86_64,
		refused_nr(&regs), &regs, is_32);
}

static void note_crash(struct trace *t, const struct task *task, int sig,
	const siginfo_t *info)
{
	struct user_regs_struct regs;
	struct evidence *ev = t->ev;
	bool is_32;

	if (!get_regs(task->tid, &regs, &is_32))
		return;
	ev->crash_signal = sig;
	ev->crash_ip = regs.rip;
	ev->crash_addr = (uint64_t)(uintptr_t)info->si_addr;
	ev->ncrash_frames = stack_walk(t->stacks, t->pid, task->tid, &regs,
		is_32, ev->crash_frames, EV_FRAMES);
}

static void note_trap(
	struct trace *t, const struct task *task, const siginfo_t *info)
{
	struct user_regs_struct regs;
	struct refusal *r;
	bool is_32;

	if (!get_regs(task->tid, &regs, &is_32))
		return;
	r = new_refusal(t, task);
	if (r)
		fill_refusal(
			t, r, info->si_arch, info->si_syscall, &regs, is_32);
}

void trace_signal(struct trace *t, const struct task *task, int sig)
{
	siginfo_t info;

	if (task->tgid != t->pid)
		return;
	if (sig != SIGSYS && sig != SIGSEGV && sig != SIGBUS && sig != SIGILL &&
		sig != SIGFPE && sig != SIGABRT)
		return;
	if (ptrace(PTRACE_GETSIGINFO, task->tid, 0, &info))
		return;
	if (sig == SIGSYS && info.si_code == SYS_SECCOMP)
		note_trap(t, task, &info);
	else
		note_crash(t, task, sig, &info);
}

void trace_hang_stacks(struct trace *t)
{
	struct hang *h = &t->ev->hang;
	struct user_regs_struct regs;
	bool is_32;
	int status;

	for (int i = 0; i < h->nthreads; i++) {
		struct thread_state *s = &h->threads[i];

		if (s->state == 'Z' || s->state == 'X' ||
			ptrace(PTRACE_INTERRUPT, s->tid, 0, 0) ||
			waitpid(s->tid, &status, __WALL) != s->tid)
			continue;
		if (WIFSTOPPED(status) && get_regs(s->tid, &regs, &is_32))
			s->nframes = stack_walk(t->stacks, s->pid, s->tid,
				&regs, is_32, s->frames, EV_FRAMES);
	}
}
