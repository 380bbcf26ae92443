/* SPDX-License-Identifier: MIT */
/* inject.c: make a stopped thread of another program perform system calls. */
#include "sys/inject.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/calls.h"
#include "sys/code.h"
#include "sys/maps.h"
#include "sys/mem.h"
#include "sys/proc.h"
#include "sys/regs.h"
#include "sys/tracing.h"

/* Where the thread's vDSO enters the kernel, or 0. */
static unsigned long find_insn(pid_t tid, bool is_32)
{
	unsigned char buf[16384], *hit;
	struct map map;
	size_t size;
	ssize_t n;

	if (maps_find_path(tid, "[vdso]", &map) <= 0)
		return 0;
	size = map.end - map.start;
	n = mem_read(
		tid, map.start, buf, size < sizeof(buf) ? size : sizeof(buf));
	hit = n > 0 ? memmem(buf, (size_t)n, code_syscall(is_32), CODE_SYSCALL)
		    : NULL;
	return hit ? map.start + (unsigned long)(hit - buf) : 0;
}

int inject_step(pid_t tid, int *pending)
{
	int status;

	for (;;) {
		if (tracing(PTRACE_SINGLESTEP, tid, 0, 0))
			return -errno;
		/* A signal of our own, to stop: the step comes to its end. */
		while (waitpid(tid, &status, __WALL) != tid)
			if (errno != EINTR)
				return -errno;
		if (!WIFSTOPPED(status))
			return -ESRCH;
		/* Who is on its way out is let go: nothing else wakes it. */
		if (status >> 16 == PTRACE_EVENT_EXIT) {
			tracing(PTRACE_CONT, tid, 0, 0);
			return -ESRCH;
		}
		if (WSTOPSIG(status) == SIGTRAP)
			return 0;
		*pending = WSTOPSIG(status);
	}
}

long inject_call(pid_t tid, long nr, const long args[6])
{
	struct regs saved, regs;
	int pending = 0, err;
	unsigned long insn;

	err = regs_get(tid, &saved);
	if (err)
		return err;
	insn = find_insn(tid, regs_is_32(&saved));
	if (!insn)
		return -ENOEXEC;
	regs = saved;
	regs_set_call(&regs, insn, nr, args);
	err = regs_set(tid, &regs);
	if (err)
		return err;
	err = inject_step(tid, &pending);
	if (!err)
		err = regs_get(tid, &regs);
	if (!err)
		err = regs_set(tid, &saved);
	if (pending)
		syscall(SYS_tkill, tid, pending);
	if (err)
		return err;
	return regs_result(&regs);
}

int inject_getitimer(pid_t tid, int64_t timer[4])
{
	union {
		int64_t wide[4];
		int32_t narrow[4];
	} kept, got;
	struct regs regs;
	long ret = regs_get(tid, &regs);
	uint64_t at;

	if (ret)
		return (int)ret;
	at = regs_room(&regs, sizeof(kept));
	if (!mem_read_all(tid, at, &kept, sizeof(kept)))
		return -EFAULT;
	ret = inject_call(tid, calls_number(regs_arch(&regs), "getitimer"),
		(const long[6]){ ITIMER_REAL, (long)at });
	if (!ret && !mem_read_all(tid, at, &got, sizeof(got)))
		ret = -EFAULT;
	mem_write_all(tid, at, &kept, sizeof(kept));
	for (int i = 0; i < 4 && !ret; i++)
		timer[i] = regs_is_32(&regs) ? got.narrow[i] : got.wide[i];
	return (int)ret;
}

/* struct sock_fprog and the filter behind it, as the tracee's ABI has it. */
static size_t lay_out(unsigned char *buf, unsigned long at, bool is_32,
	const struct filter *bpf)
{
	size_t head = is_32 ? 8 : 16;
	uint64_t filter = at + head;

	memset(buf, 0, head);
	buf[0] = (unsigned char)bpf->ninsns;
	buf[1] = (unsigned char)(bpf->ninsns >> 8);
	memcpy(buf + head / 2, &filter, head / 2);
	memcpy(buf + head, bpf->insns, bpf->ninsns * sizeof(*bpf->insns));
	return head + bpf->ninsns * sizeof(*bpf->insns);
}

/*
 * Room for SIZE bytes: below the red zone on the main thread's own stack, as
 * far as it is mapped: after execve with many arguments it ends there. Other
 * stacks may lie in a heap, where the bytes below are somebody's (goroutines).
 * There a mapping is made, and stays, because the filter may refuse its end. A
 * thread that has a filter may be refused its making: there the stack it is, if
 * it can.
 */
static long find_room(pid_t tid, const struct regs *regs, size_t size)
{
	const long args[6] = { 0, (long)size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0 };
	unsigned long at = regs_room(regs, size), sp = regs_sp(regs);
	uint32_t arch = regs_arch(regs);
	struct map map;
	bool found = maps_find(tid, sp, &map) > 0;
	bool fits = found && map.start <= at;
	bool own = fits && !strcmp(map.path, "[stack]");

	if (own || (fits && proc_status(tid, "Seccomp") != 0))
		return (long)at;
	return inject_call(tid, calls_number(arch, regs_mmap(arch)), args);
}

static int write_program(pid_t tid, const struct regs *regs,
	const struct filter *bpf, unsigned long *at)
{
	unsigned char *buf = malloc(16 + sizeof(bpf->insns));
	long room = find_room(tid, regs, 16 + bpf->ninsns * 8);
	bool is_written = false;

	if (buf && (room > 0 || room < -4095)) {
		*at = (unsigned long)room;
		is_written = mem_write_all(tid, *at, buf,
			lay_out(buf, *at, regs_is_32(regs), bpf));
	}
	free(buf);
	return is_written ? 0 : -ENOSPC;
}

int inject_filter(pid_t tid, const struct filter *bpf)
{
	const long nnp[6] = { PR_SET_NO_NEW_PRIVS, 1 };
	const long strict[6] = { PR_SET_SECCOMP, SECCOMP_MODE_STRICT };
	long load[6] = { SECCOMP_SET_MODE_FILTER, bpf->flags };
	struct regs regs;
	unsigned long at;
	uint32_t arch;
	long ret;

	if (bpf->mode == FILTER_NONE)
		return 0;
	ret = regs_get(tid, &regs);
	if (ret)
		return (int)ret;
	arch = regs_arch(&regs);
	if (bpf->mode == FILTER_STRICT)
		return (int)inject_call(
			tid, calls_number(arch, "prctl"), strict);
	ret = write_program(tid, &regs, bpf, &at);
	if (ret)
		return (int)ret;
	load[2] = (long)at;
	ret = inject_call(tid, calls_number(arch, "seccomp"), load);
	if (ret == -EACCES) {
		ret = inject_call(tid, calls_number(arch, "prctl"), nnp);
		if (!ret)
			ret = inject_call(
				tid, calls_number(arch, "seccomp"), load);
	}
	if (bpf->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER)
		return (int)ret;
	return ret > 0 ? -ESRCH : (int)ret;
}
