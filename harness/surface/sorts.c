/* SPDX-License-Identifier: MIT */
/* sorts.c: the rows that reach.c counts in, one for each sort of entry. Pure.
 */
#include "surface/sorts.h"

#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "surface/marks.h"
#include "sys/calls.h"
#include "sys/futex.h"

/* Keys of what needs no call lie behind those of calls. */
#define KEY_32	  (1ull << 60)
#define KEY_MARK  (1ull << 62)
#define KEY_OTHER (1ull << 63)

/* Operations that no kernel knows are one. */
#define OP_KNOWN  32
#define OP_OTHER  0xff00

static const char *const others[] = {
	[SORTS_REFUSED] = "a call that did not begin",
	[SORTS_UNKNOWN] = "not told apart",
};

/* That of KEY, with a name yet to be given where it is new. */
static int find(struct sorts *r, uint64_t key)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->keys[i] == key)
			return (int)i;
	if (!i || !(i & (i - 1))) {
		void *list = reallocarray(r->list, 2 * i + 1, sizeof(*r->list));
		void *keys = reallocarray(r->keys, 2 * i + 1, sizeof(*r->keys));

		r->list = list ? list : r->list;
		r->keys = keys ? keys : r->keys;
		r->failed = r->failed || !list || !keys;
	}
	if (r->failed)
		return -1;
	r->list[i] = (struct reached){ .has = calloc(r->nsymbols, 1) };
	r->keys[i] = key;
	r->n = i + 1;
	r->failed = !r->list[i].has;
	return r->failed ? -1 : (int)i;
}

static int find_named(struct sorts *r, uint64_t key, const char *name)
{
	int i = find(r, key);

	if (i >= 0 && !r->list[i].name[0])
		snprintf(r->list[i].name, sizeof(r->list[i].name), "%s", name);
	return i;
}

int sorts_mark(struct sorts *r, unsigned m)
{
	return find_named(r, KEY_MARK + m, marks_names[m]);
}

int sorts_other(struct sorts *r, enum sorts_other which)
{
	return find_named(r, KEY_OTHER + which, others[which]);
}

static void name_futex(const struct sorts *r, struct reached *row,
	const char *call, uint64_t op)
{
	char what[32] = "another operation";

	if (op != OP_OTHER)
		r->name_op(op & FUTEX_COMMAND, what, sizeof(what));
	snprintf(row->name, sizeof(row->name), "%.12s %s%s", call, what,
		op & FUTEX_PRIVATE_FLAG ? " private" : "");
}

int sorts_call(struct sorts *r, uint64_t nr, bool is_32, uint64_t op)
{
	uint32_t arch = is_32 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64;
	bool futex = (int)nr == calls_number(arch, "futex") ||
		     (is_32 && (int)nr == calls_number(arch, "futex_time64"));
	char name[40];
	int i;

	op &= (uint32_t)~FUTEX_CLOCK_REALTIME;
	if ((op & ~(uint64_t)FUTEX_PRIVATE_FLAG) >= OP_KNOWN)
		op = OP_OTHER;
	i = find(r, (nr & 0xffffffff) | (is_32 ? KEY_32 : 0) |
			    (futex ? op << 32 : 0));
	if (i < 0 || r->list[i].name[0])
		return i;
	r->list[i].call = true;
	calls_name(arch, (int)nr, name, sizeof(name));
	if (futex)
		name_futex(r, &r->list[i], name, op);
	else
		snprintf(r->list[i].name, sizeof(r->list[i].name), "%s", name);
	if (is_32)
		strcat(r->list[i].name, " (i386)");
	return i;
}

void sorts_count(struct sorts *r, int row, int symbol)
{
	if (row < 0 || r->list[row].has[symbol])
		return;
	r->list[row].has[symbol] = 1;
	r->list[row].functions++;
}

void sorts_block(struct sorts *r, int row, uint64_t block)
{
	struct reached *to;
	size_t n;

	if (row < 0)
		return;
	to = &r->list[row];
	n = to->nblocks;
	if (!(n & (n - 1))) {
		void *more = reallocarray(
			to->blocks, n ? 2 * n : 1, sizeof(*to->blocks));

		r->failed = r->failed || !more;
		if (!more)
			return;
		to->blocks = more;
	}
	to->blocks[to->nblocks++] = block;
}

static int by_address(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void sorts_settle(struct sorts *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct reached *row = &r->list[i];
		size_t n = 0;

		if (!row->nblocks)
			continue;
		qsort(row->blocks, row->nblocks, sizeof(*row->blocks),
			by_address);
		for (size_t k = 0; k < row->nblocks; k++)
			if (!n || row->blocks[n - 1] != row->blocks[k])
				row->blocks[n++] = row->blocks[k];
		row->nblocks = n;
	}
}

void sorts_free(struct sorts *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->list[i].has);
		free(r->list[i].blocks);
	}
	free(r->list);
	free(r->keys);
}
