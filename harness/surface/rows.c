/* SPDX-License-Identifier: MIT */
/* rows.c: the table that a kernel with harness/guest/rows.patch fills. Pure. */
#include "surface/rows.h"

#include <errno.h>

#include "surface/marks.h"

/* A place has in its low half the low half of an address in the kernel, and
 * above it the call, and a bit for each mark. */
#define KERNEL	      0xffffffff00000000ull
#define CALL(p)	      ((unsigned)((p) >> 32 & 0xffff))
#define WHAT(p)	      ((unsigned)((p) >> 48))

/* A call: its number, whether it is of 32 bits, the operation of a futex. */
#define NR(call)      ((call)&0x1ff)
#define IS_32(call)   ((call) >> 9 & 1)
#define OP(call)      ((call) >> 10 & 0x1f)
#define PRIVATE(call) ((call) >> 15)
#define OP_OTHER      0x1f
#define OP_UNKNOWN    0xff00
#define NO_CALL	      0xffff
#define REFUSED	      0xfffe

static int find_call(struct sorts *to, unsigned call, const uint64_t *table)
{
	unsigned long n = table[ROWS_TIMES + call];
	uint64_t op = OP(call) == OP_OTHER ? OP_UNKNOWN
					   : OP(call) | PRIVATE(call) << 7;
	int row;

	/* Asked about, and kept by the filter each time. */
	if (call == REFUSED || !n) {
		row = sorts_other(to, SORTS_REFUSED);
		n = table[ROWS_TIMES + REFUSED];
	} else
		row = sorts_call(to, NR(call), IS_32(call), op);
	if (row >= 0)
		to->list[row].n = n;
	return row;
}

static void put(struct sorts *to, int row, int symbol, uint64_t block)
{
	sorts_count(to, row, symbol);
	sorts_block(to, row, block);
}

static int take(struct sorts *to, const struct symbols *s,
	const uint64_t *table, uint64_t place)
{
	uint64_t block = KERNEL | (place & 0xffffffff);
	/* Behind the last call of one that does not return may lie another. */
	int symbol = symbols_at(s, block - 1);

	if (symbol < 0 || WHAT(place) >> MARKS_TOLD)
		return -EBADMSG;
	if (CALL(place) != NO_CALL)
		put(to, find_call(to, CALL(place), table), symbol, block);
	else if (!WHAT(place))
		put(to, sorts_other(to, SORTS_UNKNOWN), symbol, block);
	for (unsigned m = 0; m < MARKS_TOLD; m++)
		if (WHAT(place) & MARK(m))
			put(to, sorts_mark(to, m), symbol, block);
	return 0;
}

int rows_read(struct sorts *to, const struct symbols *s, const uint64_t *table,
	size_t words)
{
	int err = 0;

	for (size_t i = ROWS_HEAD; i < words && !err; i++)
		if (table[i])
			err = take(to, s, table, table[i]);
	sorts_settle(to);
	return to->failed ? -ENOMEM : err;
}
