/* SPDX-License-Identifier: MIT */
/*
 * rows.h: the table that a kernel with harness/guest/rows.patch fills: each
 * block of the kernel that was gone through, with the call under way and what
 * else it was gone through for. Pure.
 */
#ifndef SURFACE_ROWS_H
#define SURFACE_ROWS_H

#include "surface/sorts.h"
#include "surface/symbols.h"

/* Words of it, as the patch has them. */
#define ROWS_LOST  0 /* how many blocks found no room */
#define ROWS_TASKS 1
#define ROWS_TIMES 512 /* from here on: how often each call was begun */
#define ROWS_CALLS 65536
#define ROWS_HEAD  (ROWS_TIMES + ROWS_CALLS)
#define ROWS_SLOTS (1 << 21) /* behind the head */
#define ROWS_WORDS (ROWS_HEAD + ROWS_SLOTS)

/*
 * Counts what TABLE, of so many WORDS, has. 0; -ENOMEM; -EBADMSG: something in
 * it is of no kernel's that has these symbols.
 */
int rows_read(struct sorts *to, const struct symbols *s, const uint64_t *table,
	size_t words);

#endif
