/* SPDX-License-Identifier: MIT */
/*
 * self.c: filters that the program loads itself.
 *
 * A filter that allows everything stops the calls that load one. The program's
 * own is kept as it was written, rewritten where it lies for the time of the
 * call (explain/filter.h), and put back when the call returns.
 */
#include "explain/self.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "explain/filter.h"
#include "explain/refusal.h"
#include "explain/tasks.h"
#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "sys/clock.h"
#include "sys/mem.h"
#include "sys/proc.h"
#include "sys/tracing.h"

struct pass_patch {
	uint32_t arch, flags;
	int no;	       /* in pass->filters */
	bool as_it_is; /* not rewritten: what it refuses nobody tells us */
	uint64_t at;
	size_t size;
	struct sock_filter was[BPF_MAXINSNS];
};

/* Or it is seccomp(2): of no other call we are told. */
static bool is_prctl(const struct __ptrace_syscall_info *info)
{
	return (int)info->seccomp.nr == calls_number(info->arch, "prctl");
}

/* Where struct sock_fprog is, and the flags; false: it is no filter. */
static bool find_program(
	const struct __ptrace_syscall_info *info, uint64_t *at, uint32_t *flags)
{
	const __u64 *args = (const __u64 *)info->seccomp.args;
	bool by_prctl = is_prctl(info);

	*at = args[2];
	*flags = by_prctl ? 0 : (uint32_t)args[1];
	return by_prctl ? args[1] == SECCOMP_MODE_FILTER
			: args[0] == SECCOMP_SET_MODE_FILTER;
}

static bool read_program(pid_t tid, const struct __ptrace_syscall_info *info,
	struct filter *bpf, uint64_t *insns)
{
	uint64_t at, word = 0;
	size_t size = info->arch == ARCH_COMPAT ? 4 : 8, bad;
	uint16_t n;

	memset(bpf, 0, sizeof(*bpf));
	if (!find_program(info, &at, &bpf->flags) ||
		!mem_read_all(tid, at, &n, sizeof(n)) ||
		!mem_read_all(tid, at + size, &word, size) || n == 0 ||
		n > BPF_MAXINSNS ||
		!mem_read_all(tid, word, bpf->insns, n * sizeof(*bpf->insns)))
		return false;
	*insns = word;
	bpf->mode = FILTER_BPF;
	bpf->ninsns = n;
	/* What the kernel will not take is left for it to refuse. */
	return !bpf_check(bpf->insns, n, &bad);
}

/* Why what it asks for cannot be watched; NULL: it can, or is no filter. */
static const char *hides(pid_t tid, const struct __ptrace_syscall_info *info)
{
	const __u64 *args = (const __u64 *)info->seccomp.args;
	bool by_prctl = is_prctl(info);
	uint64_t at;
	uint32_t flags;
	char c;

	/* libseccomp asks for it with flags, to see whether it is refused. */
	if (by_prctl ? args[1] == SECCOMP_MODE_STRICT
		     : args[0] == SECCOMP_SET_MODE_STRICT && !args[1])
		return "it asks for strict mode, which it cannot have beside "
		       "the filter that watches for its own: see what that "
		       "refuses by -p strict --arm syscall:prctl";
	/* A pointer that is none is how programs ask what the kernel has. */
	if (find_program(info, &at, &flags) && at &&
		!mem_read_all(tid, info->stack_pointer, &c, 1))
		return "the filter that it loads cannot be read: its memory is "
		       "closed to us (PR_SET_DUMPABLE(2const)); be root";
	return NULL;
}

/* Rewrites the filter where it lies. False: it answers as it is. One that
 * computes its answers has no room for ours; one with a supervisor of the
 * program's own would lose it. */
static bool rewrite(struct pass *pass, struct pass_task *task,
	const struct filter *own, int no)
{
	static struct filter told;
	struct pass_patch *patch = task->patch;

	if (own->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER ||
		explain_filter(own, pass->mode, explain_tell(no), &told) ||
		told.ninsns != own->ninsns)
		return false;
	patch->size = own->ninsns * sizeof(*own->insns);
	memcpy(patch->was, own->insns, patch->size);
	return mem_patch(task->tid, patch->at, told.insns, patch->size);
}

bool pass_self_asked(struct pass *pass, struct pass_task *task,
	const struct __ptrace_syscall_info *info)
{
	const __u64 *args = (const __u64 *)info->seccomp.args;
	bool plain = !args[2] && !args[3] && !args[4];

	if (!is_prctl(info) || args[0] == PR_SET_SECCOMP)
		return false;
	switch (args[0]) {
	case PR_SET_NO_NEW_PRIVS:
		task->privs_shut |= plain && args[1] == 1;
		break;
	case PR_GET_NO_NEW_PRIVS:
		if (plain && !args[1] && !task->privs_shut)
			pass_answer(task->tid, 0);
		break;
	case PR_GET_SECCOMP:
		if (!task->filters && !pass->filters_before)
			pass_answer(task->tid, SECCOMP_MODE_DISABLED);
		break;
	}
	return true;
}

/* What only our no_new_privs would let it do (seccomp(2), EACCES). */
static bool may_not_load(const struct pass *pass, const struct pass_task *task)
{
	return pass->shut_by_us && !task->privs_shut &&
	       !proc_has_capability(task->tid, CAP_SYS_ADMIN);
}

void pass_self_load(struct pass *pass, struct pass_task *task,
	const struct __ptrace_syscall_info *info)
{
	static struct filter own;
	const char *why;
	uint64_t at;
	int no;

	if (!read_program(task->tid, info, &own, &at)) {
		why = hides(task->tid, info);
		if (why)
			pass_broken(pass, "%s", why);
		return;
	}
	if (may_not_load(pass, task)) {
		pass_answer(task->tid, -EACCES);
		return;
	}
	task->patch = calloc(1, sizeof(*task->patch));
	no = task->patch ? pass_keep_filter(pass, &own) : -1;
	if (no < 0) {
		pass_broken(pass, "too many filters, or no memory");
		return;
	}
	task->patch->at = at;
	task->patch->no = no;
	task->patch->arch = info->arch;
	task->patch->flags = own.flags;
	if (!rewrite(pass, task, &own, no))
		task->patch->as_it_is = true;
}

/* With TSYNC a thread that has other filters is named, and nothing loaded
 * (seccomp(2)). */
static bool was_loaded(pid_t tid, uint32_t flags)
{
	struct __ptrace_syscall_info info = { 0 };

	if (tracing(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) <= 0 ||
		info.op != PTRACE_SYSCALL_INFO_EXIT || info.exit.is_error)
		return false;
	return info.exit.rval == 0 ||
	       (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER);
}

/* TSYNC: all threads of the process have what TASK has from then on. */
static void take_filter(struct pass *pass, struct pass_task *task)
{
	task->filters |= 1ULL << task->patch->no;
	if (!(task->patch->flags & SECCOMP_FILTER_FLAG_TSYNC))
		return;
	for (int i = 0; i < PASS_BUCKETS; i++)
		for (struct pass_task *t = pass->tasks[i]; t; t = t->next)
			if (t->process == task->process) {
				t->filters = task->filters;
				t->privs_shut |= task->privs_shut;
			}
}

void pass_self_loaded(struct pass *pass, struct pass_task *task)
{
	struct pass_patch *patch = task->patch;
	struct explain_seen *seen = pass->seen;

	if (patch->size)
		mem_patch(task->tid, patch->at, patch->was, patch->size);
	if (was_loaded(task->tid, patch->flags)) {
		if (!seen->armed)
			seen->armed_us = clock_us() - pass->start;
		seen->armed = true;
		take_filter(pass, task);
		seen->arch = patch->arch;
		seen->own_filters = seen->own_filters || patch->as_it_is;
	}
	free(patch);
	task->patch = NULL;
}
