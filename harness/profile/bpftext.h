/* SPDX-License-Identifier: MIT */
/*
 * bpftext.h: BPF as text: read as people have it, written as a listing that
 * reads back to the same instructions. Pure code.
 */
#ifndef PROFILE_BPFTEXT_H
#define PROFILE_BPFTEXT_H

#include <stdio.h>

#include "profile/rules.h"

enum bpftext {
	BPFTEXT_NONE,
	BPFTEXT_LISTING, /* quartet disasm, seccomp-tools, scmp_bpf_disasm */
	BPFTEXT_C,	 /* { code, jt, jf, k } and BPF_STMT(), BPF_JUMP() */
	BPFTEXT_DECIMAL, /* bpf_asm, tcpdump -ddd: a count, then numbers */
	BPFTEXT_HEX,	 /* the bytes of the instructions */
};

/* Which form TEXT begins like. */
enum bpftext bpftext_kind(const char *text, size_t size);

/* Fills the instructions of P. 0, or -1 and ERR. */
int bpftext_read(struct profile *p, enum bpftext kind, const char *text,
	size_t size, struct profile_error *err);

/* One line for each instruction: its number, code, jt, jf, k, and what it does;
 * the last is for people alone. */
void bpftext_write(const struct filter *bpf, FILE *to);

#endif
