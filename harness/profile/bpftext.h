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
	BPFTEXT_HEXDUMP, /* the same, as xxd and hexdump -C print them */
};

/* Which form TEXT begins like. */
enum bpftext bpftext_kind(const char *text, size_t size);

/* Fills the instructions of P. 0, or -1 and ERR. */
int bpftext_read(struct profile *p, enum bpftext kind, const char *text,
	size_t size, struct profile_error *err);

/* The digits of the bytes that xxd or hexdump -C printed as TEXT, in the same
 * lines: N characters for the caller to free. NULL: no memory. */
char *bpftext_dumped(const char *text, size_t size, size_t *n);

/* One line for each instruction: its number, code, jt, jf, k, and what it does;
 * the last is for people alone. */
void bpftext_write(const struct filter *bpf, FILE *to);

#endif
