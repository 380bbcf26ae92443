/* SPDX-License-Identifier: MIT */
/* bpf_check.c: would the kernel take this as a filter? Pure code. */
#include "sys/bpf.h"

#include <errno.h>
#include <string.h>

/*
 * What seccomp_check_filter (kernel/seccomp.c) lets through: loads of aligned
 * words of struct seccomp_data, and no packet access at all.
 */
static const uint16_t allowed[] = {
	BPF_LD | BPF_W | BPF_ABS,
	BPF_LD | BPF_W | BPF_LEN,
	BPF_LDX | BPF_W | BPF_LEN,
	BPF_RET | BPF_K,
	BPF_RET | BPF_A,
	BPF_ALU | BPF_ADD | BPF_K,
	BPF_ALU | BPF_ADD | BPF_X,
	BPF_ALU | BPF_SUB | BPF_K,
	BPF_ALU | BPF_SUB | BPF_X,
	BPF_ALU | BPF_MUL | BPF_K,
	BPF_ALU | BPF_MUL | BPF_X,
	BPF_ALU | BPF_DIV | BPF_K,
	BPF_ALU | BPF_DIV | BPF_X,
	BPF_ALU | BPF_AND | BPF_K,
	BPF_ALU | BPF_AND | BPF_X,
	BPF_ALU | BPF_OR | BPF_K,
	BPF_ALU | BPF_OR | BPF_X,
	BPF_ALU | BPF_XOR | BPF_K,
	BPF_ALU | BPF_XOR | BPF_X,
	BPF_ALU | BPF_LSH | BPF_K,
	BPF_ALU | BPF_LSH | BPF_X,
	BPF_ALU | BPF_RSH | BPF_K,
	BPF_ALU | BPF_RSH | BPF_X,
	BPF_ALU | BPF_NEG,
	BPF_LD | BPF_IMM,
	BPF_LDX | BPF_IMM,
	BPF_MISC | BPF_TAX,
	BPF_MISC | BPF_TXA,
	BPF_LD | BPF_MEM,
	BPF_LDX | BPF_MEM,
	BPF_ST,
	BPF_STX,
	BPF_JMP | BPF_JA,
	BPF_JMP | BPF_JEQ | BPF_K,
	BPF_JMP | BPF_JEQ | BPF_X,
	BPF_JMP | BPF_JGE | BPF_K,
	BPF_JMP | BPF_JGE | BPF_X,
	BPF_JMP | BPF_JGT | BPF_K,
	BPF_JMP | BPF_JGT | BPF_X,
	BPF_JMP | BPF_JSET | BPF_K,
	BPF_JMP | BPF_JSET | BPF_X,
};

static bool is_allowed(uint16_t code)
{
	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (allowed[i] == code)
			return true;
	return false;
}

static bool uses_memory(uint16_t code)
{
	return code == (BPF_LD | BPF_MEM) || code == (BPF_LDX | BPF_MEM) ||
	       code == BPF_ST || code == BPF_STX;
}

/* bpf_check_classic: the operands of one instruction. */
static bool operands_ok(const struct sock_filter *f, size_t pc, size_t n)
{
	switch (f->code) {
	case BPF_ALU | BPF_DIV | BPF_K:
		return f->k != 0;
	case BPF_ALU | BPF_LSH | BPF_K:
	case BPF_ALU | BPF_RSH | BPF_K:
		return f->k < 32;
	case BPF_JMP | BPF_JA:
		return f->k < n - pc - 1;
	case BPF_LD | BPF_W | BPF_ABS:
		return f->k < sizeof(struct seccomp_data) && !(f->k & 3);
	}
	if (uses_memory(f->code))
		return f->k < BPF_MEMWORDS;
	if (BPF_CLASS(f->code) == BPF_JMP)
		return pc + f->jt + 1 < n && pc + f->jf + 1 < n;
	return true;
}

/*
 * check_load_and_stores in net/core/filter.c: a load from memory must come
 * behind a store on every path. The masks flow forward, for jumps do.
 */
static bool memory_ok(const struct sock_filter *insns, size_t n, size_t *bad)
{
	uint16_t masks[BPF_MAXINSNS], valid = 0;

	memset(masks, 0xff, sizeof(masks));
	for (size_t pc = 0; pc < n; pc++) {
		const struct sock_filter *f = &insns[pc];

		valid &= masks[pc];
		if (f->code == BPF_ST || f->code == BPF_STX)
			valid |= (uint16_t)(1 << f->k);
		if (uses_memory(f->code) && BPF_CLASS(f->code) != BPF_ST &&
			BPF_CLASS(f->code) != BPF_STX &&
			!(valid & (1 << f->k))) {
			*bad = pc;
			return false;
		}
		if (BPF_CLASS(f->code) != BPF_JMP)
			continue;
		if (f->code == (BPF_JMP | BPF_JA)) {
			masks[pc + 1 + f->k] &= valid;
		} else {
			masks[pc + 1 + f->jt] &= valid;
			masks[pc + 1 + f->jf] &= valid;
		}
		valid = 0xffff;
	}
	return true;
}

int bpf_check(const struct sock_filter *insns, size_t n, size_t *bad)
{
	*bad = 0;
	if (n == 0 || n > BPF_MAXINSNS)
		return -EINVAL;
	for (size_t pc = 0; pc < n; pc++) {
		*bad = pc;
		if (!is_allowed(insns[pc].code) ||
			!operands_ok(&insns[pc], pc, n))
			return -EINVAL;
	}
	*bad = n - 1;
	if (BPF_CLASS(insns[n - 1].code) != BPF_RET)
		return -EINVAL;
	return memory_ok(insns, n, bad) ? 0 : -EINVAL;
}
