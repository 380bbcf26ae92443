/* SPDX-License-Identifier: MIT */
/* filter.c: a filter whose refusals are told to the tracer. Pure. */
#include "explain/filter.h"

#include <errno.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "sys/regs.h"

bool explain_allows(uint32_t verdict)
{
	uint32_t action = verdict & SECCOMP_RET_ACTION_FULL;

	return action == SECCOMP_RET_ALLOW || action == SECCOMP_RET_LOG;
}

int explain_errno(uint32_t verdict)
{
	int data = verdict & SECCOMP_RET_DATA;

	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ERRNO:
		/* kernel/seccomp.c caps it at MAX_ERRNO */
		return data > 4095 ? 4095 : data;
	case SECCOMP_RET_TRACE:
	case SECCOMP_RET_USER_NOTIF:
		return ENOSYS;
	}
	return 0;
}

static uint32_t number(uint32_t arch, const char *call)
{
	return (uint32_t)calls_number(arch, call);
}

/* The number of CALL where F allows it, whatever its arguments; else one that
 * no call has. *PLAIN becomes false where the arguments decide. */
static uint32_t allowed(
	const struct filter *f, uint32_t arch, const char *call, bool *plain)
{
	int nr = calls_number(arch, call);
	uint32_t verdict;

	if (!bpf_verdict(f->insns, f->ninsns, arch, nr, &verdict))
		*plain = false;
	else if (explain_allows(verdict))
		return (uint32_t)nr;
	return UINT32_MAX;
}

#define IS(value, jt, jf) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, jt, jf)
#define WORD(member)                                                           \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                     \
		offsetof(struct seccomp_data, member))
#define TELL(mark) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | (mark))

bool explain_mark_calls(struct filter *f, uint32_t arch)
{
	const uint32_t other = ARCH_OTHER(arch);
	bool seen = true, any = true;
	const uint32_t calls[] = {
		allowed(f, arch, "ptrace", &any),
		allowed(f, arch, "alarm", &seen),
		allowed(f, arch, "setitimer", &seen),
		allowed(f, arch, "clone", &any),
		allowed(f, other, "alarm", &seen),
		allowed(f, other, "setitimer", &seen),
		allowed(f, arch, "landlock_restrict_self", &any),
	};
	const struct sock_filter watch[] = {
		/* 0 */ WORD(arch),
		/* 1 */ IS(arch, 0, 11),
		/* 2 */ WORD(nr),
		/* 3 */ IS(calls[0], 0, 1),
		/* 4 */ TELL(EXPLAIN_MARK_PTRACE),
		/* 5 */ IS(calls[6], 0, 1),
		/* 6 */ TELL(EXPLAIN_MARK_LANDLOCK),
		/* 7 */ IS(calls[1], 9, 0),
		/* 8 */ IS(calls[2], 8, 0),
		/* 9 */ IS(calls[3], 0, 8),
		/* 10 */ WORD(args[0]),
		/* 11 */
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_UNTRACED, 0, 6),
		/* 12 */ TELL(EXPLAIN_MARK_CLONE),
		/* 13 */ IS(other, 0, 4),
		/* 14 */ WORD(nr),
		/* 15 */ IS(calls[4], 1, 0),
		/* 16 */ IS(calls[5], 0, 1),
		/* 17 */ TELL(EXPLAIN_MARK_ALARM),
		/* As it begins with. Not by a load: the kernel answers for
		 * itself what programs of few kinds of instructions always
		 * allow (kernel/seccomp.c, seccomp_is_const_allow). */
		/* 18 */ BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0),
	};
	const size_t n = sizeof(watch) / sizeof(*watch);

	if (f->ninsns + n > BPF_MAXINSNS)
		return false;
	memmove(f->insns + n, f->insns, f->ninsns * sizeof(*f->insns));
	memcpy(f->insns, watch, sizeof(watch));
	f->ninsns += n;
	return seen;
}

void explain_mark_loads(struct filter *out)
{
	const struct sock_filter insns[] = {
		/* 0 */ WORD(arch),
		/* 1 */ IS(ARCH_COMPAT, 4, 0),
		/* 2 */ WORD(nr),
		/* 3 */ IS(number(ARCH_NATIVE, "seccomp"), 10, 0),
		/* 4 */ IS(number(ARCH_NATIVE, "prctl"), 4, 0),
		/* 5 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		/* 6 */ WORD(nr),
		/* 7 */ IS(number(ARCH_COMPAT, "seccomp"), 6, 0),
		/* 8 */ IS(number(ARCH_COMPAT, "prctl"), 0, 6),
		/* 9 */ WORD(args[0]),
		/* 10 */ IS(PR_SET_SECCOMP, 3, 0),
		/* 11 */ IS(PR_GET_SECCOMP, 2, 0),
		/* 12 */ IS(PR_SET_NO_NEW_PRIVS, 1, 0),
		/* 13 */ IS(PR_GET_NO_NEW_PRIVS, 0, 1),
		/* 14 */ TELL(EXPLAIN_MARK_LOAD),
		/* 15 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	memset(out, 0, sizeof(*out));
	out->mode = FILTER_BPF;
	out->ninsns = sizeof(insns) / sizeof(*insns);
	memcpy(out->insns, insns, sizeof(insns));
}

int explain_under(const struct filter *base, struct filter *f)
{
	/* F begins with accumulator and index 0. */
	const struct sock_filter clear[] = {
		BPF_STMT(BPF_LD | BPF_IMM, 0),
		BPF_STMT(BPF_MISC | BPF_TAX, 0),
	};
	const size_t n = base->ninsns, all = n + 2;

	if (f->ninsns + all > BPF_MAXINSNS)
		return -E2BIG;
	memmove(f->insns + all, f->insns, f->ninsns * sizeof(*f->insns));
	memcpy(f->insns, base->insns, n * sizeof(*f->insns));
	memcpy(f->insns + n, clear, sizeof(clear));
	f->ninsns += all;
	for (size_t i = 0; i < n; i++)
		if (f->insns[i].code == (BPF_RET | BPF_K) &&
			explain_allows(f->insns[i].k)) {
			f->insns[i].code = BPF_JMP | BPF_JA;
			f->insns[i].k = (uint32_t)(n - i - 1);
		}
	return 0;
}

static bool is_soft(uint32_t verdict)
{
	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ERRNO:
	case SECCOMP_RET_TRACE:
	case SECCOMP_RET_USER_NOTIF:
		return true;
	}
	return false;
}

uint32_t explain_tell(int no)
{
	return SECCOMP_RET_TRACE | EXPLAIN_MARK | (uint32_t)no;
}

static uint32_t told(uint32_t verdict, enum explain_mode mode, uint32_t tell)
{
	bool allows = (verdict & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
	bool tells = mode == EXPLAIN_LET ? !allows : is_soft(verdict);

	return tells ? tell : verdict;
}

/* What is computed can only be sorted when it runs: A holds the verdict. */
static size_t sort_out(
	struct sock_filter *to, enum explain_mode mode, uint32_t tell)
{
	static const uint32_t actions[] = {
		SECCOMP_RET_KILL_PROCESS,
		SECCOMP_RET_KILL_THREAD,
		SECCOMP_RET_TRAP,
		SECCOMP_RET_ERRNO,
		SECCOMP_RET_USER_NOTIF,
		SECCOMP_RET_TRACE,
		SECCOMP_RET_LOG,
		SECCOMP_RET_ALLOW,
	};
	const size_t n = sizeof(actions) / sizeof(*actions);
	const struct sock_filter mask =
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, SECCOMP_RET_ACTION_FULL);
	const struct sock_filter other = BPF_STMT(
		BPF_RET | BPF_K, told(SECCOMP_RET_KILL_PROCESS, mode, tell));

	*to++ = mask;
	for (size_t i = 0; i < n; i++) {
		const struct sock_filter is =
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, actions[i], 0, 1);
		const struct sock_filter ret =
			BPF_STMT(BPF_RET | BPF_K, told(actions[i], mode, tell));

		*to++ = is;
		*to++ = ret;
	}
	*to = other;
	return 2 + 2 * n;
}

int explain_filter(const struct filter *in, enum explain_mode mode,
	uint32_t tell, struct filter *out)
{
	bool computed = false;

	*out = *in;
	for (size_t i = 0; i < in->ninsns; i++) {
		struct sock_filter *f = &out->insns[i];

		if (f->code == (BPF_RET | BPF_K))
			f->k = told(f->k, mode, tell);
		if (f->code != (BPF_RET | BPF_A))
			continue;
		f->code = BPF_JMP | BPF_JA;
		f->k = (uint32_t)(in->ninsns - i - 1);
		computed = true;
	}
	if (!computed)
		return 0;
	if (in->ninsns + 18 > BPF_MAXINSNS)
		return -E2BIG;
	out->ninsns += sort_out(&out->insns[in->ninsns], mode, tell);
	return 0;
}

void explain_verdict(uint32_t verdict, char *text, size_t size)
{
	int err = explain_errno(verdict);
	const char *name = strerrorname_np(err);

	switch (verdict & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ALLOW:
		snprintf(text, size, "lets it go");
		return;
	case SECCOMP_RET_LOG:
		snprintf(text, size, "logs it, and lets it go");
		return;
	case SECCOMP_RET_KILL_THREAD:
		snprintf(text, size, "kills the thread");
		return;
	case SECCOMP_RET_TRAP:
		snprintf(text, size, "sends SIGSYS");
		return;
	case SECCOMP_RET_ERRNO:
		if (!err)
			snprintf(text, size, "answers 0, and does nothing");
		else if (name)
			snprintf(text, size, "answers %s", name);
		else
			snprintf(text, size, "answers errno %d", err);
		return;
	case SECCOMP_RET_TRACE:
		snprintf(text, size, "answers ENOSYS (it has no tracer)");
		return;
	case SECCOMP_RET_USER_NOTIF:
		snprintf(text, size, "answers ENOSYS (it has no supervisor)");
		return;
	}
	snprintf(text, size, "kills the process");
}

void explain_strict(uint32_t arch, struct filter *out)
{
	/* kernel/seccomp.c, mode1_syscalls */
	const uint32_t calls[] = { number(arch, "read"), number(arch, "write"),
		number(arch, "exit"), number(arch, regs_sigreturn(arch)) };
	const struct sock_filter load = BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	const struct sock_filter allow =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	const struct sock_filter refuse =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_THREAD);

	memset(out, 0, sizeof(*out));
	out->mode = FILTER_BPF;
	out->insns[0] = load;
	for (uint8_t i = 0; i < 4; i++) {
		const struct sock_filter is =
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], 4 - i, 0);

		out->insns[1 + i] = is;
	}
	out->insns[5] = refuse;
	out->insns[6] = allow;
	out->ninsns = 7;
}
