/* SPDX-License-Identifier: MIT */
/*
 * bpf.h: a seccomp filter, and what it says on paper. Pure code.
 */
#ifndef SYS_BPF_H
#define SYS_BPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

enum filter_mode {
	FILTER_NONE,   /* `none`: no filter at all */
	FILTER_STRICT, /* `strict`: SECCOMP_MODE_STRICT */
	FILTER_BPF,
};

/* A filter in the form that seccomp(2) takes. */
struct filter {
	enum filter_mode mode;
	uint32_t flags; /* SECCOMP_FILTER_FLAG_* */
	size_t ninsns;	/* at most BPF_MAXINSNS, 4096 */
	struct sock_filter insns[4096];
};

/*
 * 0 when the kernel would take the program (bpf_check_classic in
 * net/core/filter.c, then seccomp_check_filter in kernel/seccomp.c), or a
 * negative errno; *BAD is the first offending instruction.
 */
int bpf_check(const struct sock_filter *insns, size_t n, size_t *bad);

/*
 * The verdict, SECCOMP_RET_* with its data, that a checked program gives for
 * one call. Semantics: seccomp_run_filters in kernel/seccomp.c; the
 * accumulator, index register and memory start at zero.
 */
uint32_t bpf_run(const struct sock_filter *insns, size_t n,
	const struct seccomp_data *data);

/* The same, and the instructions that ran, PATH[BPF_MAXINSNS], *N of them. */
uint32_t bpf_trace(const struct sock_filter *insns, size_t n,
	const struct seccomp_data *data, uint16_t *path, size_t *npath);

/*
 * The verdict for a call whatever its arguments are: true and *VERDICT when
 * every path that (arch, nr) can take ends in the same one; false when the
 * arguments or the instruction pointer decide.
 */
bool bpf_verdict(const struct sock_filter *insns, size_t n, uint32_t arch,
	int nr, uint32_t *verdict);

/*
 * What BPF_OP(code) OP makes of two values; whether a jump of OP is taken. By
 * zero a division ends the filter with 0, SECCOMP_RET_KILL_THREAD: *ENDS is set
 * by divisions alone.
 */
uint32_t bpf_alu(uint16_t op, uint32_t a, uint32_t b, bool *ends);
bool bpf_jumps(uint16_t op, uint32_t a, uint32_t b);

/* What one call can meet, over all arguments and instruction pointers. */
struct bpf_reach {
	bool whole; /* every path was followed to a known end */
	unsigned n; /* distinct verdicts */
	uint32_t verdicts[16];
	uint64_t loads; /* bit I: the word at offset 4*I decides something */
};

/*
 * Follows every path of a checked program that (arch, nr) can take. A path
 * that no value of one word can take counts too: REACH may say too much, never
 * too little while it is whole.
 */
void bpf_reach(const struct sock_filter *insns, size_t n, uint32_t arch, int nr,
	struct bpf_reach *reach);

#endif
