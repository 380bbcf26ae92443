/* SPDX-License-Identifier: MIT */
/*
 * read_bpf.c: reads a filter that is BPF already: an array of struct
 * sock_filter, as seccomp_export_bpf(3), minijail's compiler and bubblewrap's
 * --seccomp have it. Either byte order is taken: the code of an instruction
 * has its upper byte zero, and a program ends in a return, so that no program
 * is one in both.
 */
#include <byteswap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/bpf.h"
#include "profile/rules.h"

static void swap_all(struct sock_filter *insns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		insns[i].code = bswap_16(insns[i].code);
		insns[i].k = bswap_32(insns[i].k);
	}
}

bool profile_is_raw(const char *data, size_t size)
{
	return memchr(data, '\0', size < 2 ? size : 2) != NULL;
}

int profile_read_raw(struct profile *p, const char *data, size_t size,
	struct profile_error *err)
{
	size_t n = size / sizeof(*p->insns), bad, other;

	if (size % sizeof(*p->insns) || n > BPF_MAXINSNS) {
		snprintf(err->text, sizeof(err->text),
			"%s: raw BPF has 1 to %d instructions of 8 bytes; this "
			"has %zu bytes",
			p->where, BPF_MAXINSNS, size);
		return -1;
	}
	p->insns = malloc(size);
	if (!p->insns) {
		snprintf(err->text, sizeof(err->text), "%s: out of memory",
			p->where);
		return -1;
	}
	memcpy(p->insns, data, size);
	p->ninsns = n;
	if (!bpf_check(p->insns, n, &bad))
		return 0;
	swap_all(p->insns, n);
	if (!bpf_check(p->insns, n, &other))
		return 0;
	snprintf(err->text, sizeof(err->text),
		"%s: not a filter that the kernel takes: instruction %zu",
		p->where, bad > other ? bad : other);
	return -1;
}
