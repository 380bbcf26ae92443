/* SPDX-License-Identifier: MIT */
/* regs_x86_64.c: registers of x86-64, and of i386 programs on it. */
#include "sys/regs.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <ucontext.h>

#include "sys/code.h"
#include "sys/tracing.h"

#define USER32_CS	      0x23 /* arch/x86/include/asm/segment.h */
/* Kernel-internal: include/linux/errno.h. */
#define ERESTARTNOINTR	      513
#define ERESTART_RESTARTBLOCK 516
#define RED_ZONE	      128 /* System V ABI, AMD64: below rsp, in use */

int regs_get(pid_t tid, struct regs *r)
{
	return tracing(PTRACE_GETREGS, tid, 0, &r->user) ? -errno : 0;
}

int regs_set(pid_t tid, const struct regs *r)
{
	return tracing(PTRACE_SETREGS, tid, 0, (void *)&r->user) ? -errno : 0;
}

struct regs regs_of_sleeper(uint64_t ip, uint64_t sp, uint64_t fp)
{
	return (struct regs){ { .rip = ip,
		.rsp = sp,
		.rbp = fp,
		.cs = sp < 1UL << 32 ? USER32_CS : 0 } };
}

bool regs_is_32(const struct regs *r)
{
	return r->user.cs == USER32_CS;
}

uint32_t regs_arch(const struct regs *r)
{
	return regs_is_32(r) ? ARCH_COMPAT : ARCH_NATIVE;
}

uint64_t regs_ip(const struct regs *r)
{
	return r->user.rip;
}

uint64_t regs_sp(const struct regs *r)
{
	return r->user.rsp;
}

void regs_set_ip(struct regs *r, uint64_t ip)
{
	r->user.rip = ip;
}

uint64_t regs_thread_pointer(const struct regs *r)
{
	return r->user.fs_base;
}

uint64_t regs_room(const struct regs *r, size_t size)
{
	return (r->user.rsp - RED_ZONE - size) & ~15UL;
}

/*
 * The vsyscall page is emulated in a fault: when the signal comes, orig_rax is
 * -1, the call's number was put back into rax, and the thread has returned to
 * its caller (arch/x86/entry/vsyscall/vsyscall_64.c, do_ret).
 */
int regs_call_nr(const struct regs *r)
{
	int nr = (int)r->user.orig_rax;

	return nr == -1 && (long)r->user.rax > 0 ? (int)r->user.rax : nr;
}

#define AT(member) offsetof(struct user_regs_struct, member)

unsigned long long *regs_arg(struct regs *r, uint32_t arch, int n)
{
	static const size_t native[6] = { AT(rdi), AT(rsi), AT(rdx), AT(r10),
		AT(r8), AT(r9) };
	static const size_t compat[6] = { AT(rbx), AT(rcx), AT(rdx), AT(rsi),
		AT(rdi), AT(rbp) };
	size_t at = arch == ARCH_COMPAT ? compat[n] : native[n];

	return (unsigned long long *)(void *)((char *)&r->user + at);
}

void regs_args(const struct regs *r, uint32_t arch, uint64_t args[6])
{
	struct regs copy = *r;

	for (int i = 0; i < 6; i++) {
		args[i] = *regs_arg(&copy, arch, i);
		if (arch == ARCH_COMPAT)
			args[i] = (uint32_t)args[i];
	}
}

long regs_result(const struct regs *r)
{
	return regs_is_32(r) ? (int)r->user.rax : (long)r->user.rax;
}

void regs_set_result(struct regs *r, long result)
{
	r->user.rax = (unsigned long)result;
}

void regs_skip_call(struct regs *r, long result)
{
	r->user.orig_rax = (unsigned long)-1;
	regs_set_result(r, result);
}

void regs_make_again(struct regs *r, int nr)
{
	r->user.rax = (unsigned long)nr;
	r->user.rip -= CODE_SYSCALL;
}

bool regs_is_interrupted(const struct regs *r)
{
	return regs_call_nr(r) >= 0 && regs_result(r) == -ERESTART_RESTARTBLOCK;
}

void regs_make_anew(struct regs *r)
{
	regs_set_result(r, -ERESTARTNOINTR);
}

/* Without a call that the kernel would want to make again: orig_rax. */
void regs_set_call(struct regs *r, uint64_t ip, long nr, const long args[6])
{
	r->user.rip = ip;
	r->user.rax = (unsigned long)nr;
	r->user.orig_rax = (unsigned long)-1;
	for (int i = 0; i < 6; i++)
		*regs_arg(r, regs_arch(r), i) = (unsigned long)args[i];
}

/* i386: on the stack, behind the return address. */
uint64_t regs_function_arg(pid_t tid, const struct regs *r)
{
	if (!regs_is_32(r))
		return r->user.rdi;
	return (uint32_t)ptrace(PTRACE_PEEKDATA, tid, r->user.rsp + 4, 0);
}

const char *regs_mmap(uint32_t arch)
{
	return arch == ARCH_COMPAT ? "mmap2" : "mmap";
}

const char *regs_sigreturn(uint32_t arch)
{
	return arch == ARCH_COMPAT ? "sigreturn" : "rt_sigreturn";
}

/* System V ABI: AMD64, figure 3.36; i386, table 2.14. */
const struct regs_dwarf *regs_dwarf(bool is_32)
{
	static const struct regs_dwarf amd64 = { .sp = 7, .fp = 6, .pc = 16 };
	static const struct regs_dwarf i386 = { .sp = 4, .fp = 5, .pc = 8 };

	return is_32 ? &i386 : &amd64;
}

void regs_to_dwarf(const struct regs *regs, uint64_t to[REGS_DWARF])
{
	const struct user_regs_struct *r = &regs->user;
	const uint64_t amd64[REGS_DWARF] = { r->rax, r->rdx, r->rcx, r->rbx,
		r->rsi, r->rdi, r->rbp, r->rsp, r->r8, r->r9, r->r10, r->r11,
		r->r12, r->r13, r->r14, r->r15, r->rip };
	const uint64_t i386[REGS_DWARF] = { r->rax, r->rcx, r->rdx, r->rbx,
		r->rsp, r->rbp, r->rsi, r->rdi, r->rip };

	memcpy(to, regs_is_32(regs) ? i386 : amd64, sizeof(amd64));
}

size_t regs_saved_at(void)
{
	return offsetof(ucontext_t, uc_mcontext);
}

void regs_saved_to_dwarf(
	const uint64_t saved[REGS_SAVED], uint64_t to[REGS_DWARF])
{
	/* DWARF's numbers in the order of gregset_t, sys/ucontext.h. */
	static const unsigned char order[REGS_SAVED] = { 8, 9, 10, 11, 12, 13,
		14, 15, 5, 4, 6, 3, 1, 0, 2, 7, 16 };

	for (size_t i = 0; i < REGS_SAVED; i++)
		to[order[i]] = saved[i];
}
