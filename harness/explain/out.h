/* SPDX-License-Identifier: MIT */
/* out.h: what the files of explain_args share. */
#ifndef EXPLAIN_OUT_H
#define EXPLAIN_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A bit or a value; the list ends without a name. */
struct flag {
	unsigned bit;
	const char *name;
};

extern const struct flag explain_prots[], explain_maps[], explain_opens[],
	explain_fcntls[], explain_ioctls[];

#define EXPLAIN_FUTEX_OPS 14

extern const char *const explain_futex_ops[EXPLAIN_FUTEX_OPS];

/* The arguments of CALL, one letter for each (put_arg); NULL: not known. */
const char *explain_shape(const char *call);

/* Text that is cut, never overrun. */
struct out {
	char *text;
	size_t size, n;
};

__attribute__((format(printf, 2, 3))) void explain_put(
	struct out *o, const char *format, ...);

/* N bytes of a stranger's text, quoted and escaped. */
void explain_put_text(struct out *o, const unsigned char *text, size_t n);

/* The address of a socket at ADDR, SIZE bytes, as strace writes it. */
void explain_put_sockaddr(
	struct out *o, pid_t tid, uint64_t addr, uint64_t size);

#endif
