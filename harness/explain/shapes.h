/* SPDX-License-Identifier: MIT */
/* shapes.h: what the arguments of system calls are; names of flags. Pure. */
#ifndef EXPLAIN_SHAPES_H
#define EXPLAIN_SHAPES_H

/* A bit or a value; the list ends without a name. */
struct flag {
	unsigned bit;
	const char *name;
};

extern const struct flag explain_prots[], explain_maps[], explain_opens[],
	explain_fcntls[], explain_ioctls[];

#define EXPLAIN_FUTEX_OPS 14

extern const char *const explain_futex_ops[EXPLAIN_FUTEX_OPS];

/* The arguments of CALL, one letter for each (put_arg in explain/args.c); NULL:
 * not known. */
const char *explain_shape(const char *call);

#endif
