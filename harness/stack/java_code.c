/* SPDX-License-Identifier: MIT */
/*
 * java_code.c: what HotSpot compiled, and how its frames lie on the stack.
 *
 * Code lies in heaps of blocks. A map of bytes, one for each segment of a heap,
 * leads back from any segment to the first of its block: by 0, or how far to
 * go.
 */
#include <string.h>

#include "stack/java.h"
#include "sys/mem.h"
#include "sys/text.h"

#define HEAPS		      16
#define HOPS		      65536
#define SCOPES		      32
#define SENDER		      (1UL << 24) /* bytes to a caller's frame at most */

/* Words of an interpreter's frame, from its frame pointer: x86-64, since 11. */
#define INTERPRETER_SENDER_SP -1
#define INTERPRETER_METHOD    -3
#define INTERPRETER_BCP	      -8

static uint64_t word(pid_t tid, uint64_t at)
{
	uint64_t w = 0;

	return at && mem_read_all(tid, at, &w, sizeof(w)) ? w : 0;
}

static int number(pid_t tid, uint64_t at)
{
	int w = 0;

	return at && mem_read_all(tid, at, &w, sizeof(w)) ? w : 0;
}

/* Of the head that was read; 0: not among it. */
static uint64_t head_word(const struct java_blob *b, uint64_t field)
{
	uint64_t w = 0;

	if (field <= JAVA_HEAD - sizeof(w))
		memcpy(&w, b->head + field, sizeof(w));
	return w;
}

static int head_number(const struct java_blob *b, uint64_t field)
{
	return (int)head_word(b, field);
}

/* The block of the heap that holds PC; 0: it is in none, or a free one. */
static uint64_t find_block(
	const struct java *j, pid_t tid, uint64_t heap, uint64_t pc)
{
	uint64_t memory = heap + j->at[JAVA_HEAP_MEMORY];
	uint64_t low = word(tid, memory + j->at[JAVA_SPACE_LOW]);
	uint64_t high = word(tid, memory + j->at[JAVA_SPACE_HIGH]);
	uint64_t map, segment, block;
	unsigned char back = 0, used = 0;
	int log2;

	if (pc < low || pc >= high)
		return 0;
	log2 = number(tid, heap + j->at[JAVA_HEAP_LOG2]);
	map = word(tid, heap + j->at[JAVA_HEAP_SEGMAP] + j->at[JAVA_SPACE_LOW]);
	if (!map || log2 < 4 || log2 > 16)
		return 0;
	segment = (pc - low) >> log2;
	for (int i = 0; i < HOPS; i++) {
		if (!mem_read_all(tid, map + segment, &back, 1) ||
			back == 0xff || back > segment)
			return 0;
		if (!back)
			break;
		segment -= back;
	}
	block = low + (segment << log2);
	if (back ||
		!mem_read_all(tid, block + j->at[JAVA_BLOCK_USED], &used, 1))
		return 0;
	return used ? block : 0;
}

static uint64_t find_blob(const struct java *j, pid_t tid, uint64_t pc)
{
	uint64_t heaps = word(tid, j->at[JAVA_HEAPS]), data, block = 0;
	int n;

	if (!heaps)
		return 0;
	n = number(tid, heaps + j->at[JAVA_ARRAY_LEN]);
	data = word(tid, heaps + j->at[JAVA_ARRAY_DATA]);
	for (int i = 0; data && !block && i < n && i < HEAPS; i++) {
		uint64_t heap = word(tid, data + 8 * (uint64_t)i);

		block = heap ? find_block(j, tid, heap, pc) : 0;
	}
	return block ? block + j->at[JAVA_BLOCK_SIZE] : 0;
}

static enum java_kind kind_of(const char *name)
{
	if (!strcmp(name, "Interpreter"))
		return JAVA_INTERPRETER;
	if (!strcmp(name, "nmethod") || !strcmp(name, "native nmethod"))
		return JAVA_NMETHOD;
	return JAVA_STUB;
}

bool java_blob(
	const struct java *j, pid_t tid, uint64_t pc, struct java_blob *b)
{
	ssize_t n;

	*b = (struct java_blob){ .at = find_blob(j, tid, pc) };
	if (!b->at || mem_read(tid, b->at, b->head, JAVA_HEAD) <= 0 ||
		pc < b->at ||
		(int64_t)(pc - b->at) >= head_number(b, j->at[JAVA_BLOB_SIZE]))
		return false;
	n = mem_read(tid, head_word(b, j->at[JAVA_BLOB_NAME]), b->name,
		sizeof(b->name) - 1);
	b->name[n > 0 ? n : 0] = '\0';
	b->kind = kind_of(b->name);
	b->frame = head_number(b, j->at[JAVA_BLOB_FRAME]);
	b->code = j->at[JAVA_BLOB_CODE] != JAVA_NONE
			  ? head_word(b, j->at[JAVA_BLOB_CODE])
			  : b->at + (uint64_t)head_number(
					    b, j->at[JAVA_BLOB_CODE_OFFSET]);
	return true;
}

/* Where an nmethod keeps what its code was made from. */
struct tables {
	uint64_t pcs, pcs_end, scopes, metadata;
};

static struct tables tables_of(const struct java *j, const struct java_blob *b)
{
	const uint64_t *at = j->at;
	struct tables t = { 0 };
	uint64_t immutable = head_word(b, at[JAVA_NMETHOD_IMMUTABLE]);

	if (immutable) {
		t.pcs = immutable +
			(unsigned)head_number(b, at[JAVA_NMETHOD_PCS]);
		t.scopes = immutable + (unsigned)head_number(b,
					       at[JAVA_NMETHOD_SCOPES_OFFSET]);
		t.pcs_end = t.scopes;
		t.metadata = head_word(b, at[JAVA_BLOB_MUTABLE]) +
			     (unsigned)head_number(b, at[JAVA_BLOB_RELOCATION]);
		return t;
	}
	t.pcs = b->at + (unsigned)head_number(b, at[JAVA_NMETHOD_PCS]);
	t.pcs_end = b->at + (unsigned)head_number(b, at[JAVA_NMETHOD_PCS_END]);
	t.scopes = head_word(b, at[JAVA_NMETHOD_SCOPES]);
	t.metadata =
		b->at + (unsigned)head_number(b, at[JAVA_NMETHOD_METADATA]);
	return t;
}

/* Where what is at PC is told, among the scopes; 0: nowhere. The first place
 * that is not before PC; of a call just it. */
static unsigned find_scope(const struct java *j, pid_t tid,
	const struct tables *t, int offset, bool exact)
{
	uint64_t size = j->at[JAVA_PC_SIZE], low = 0, high;
	int at = 0;

	if (size == JAVA_NONE || size < 8 || t->pcs_end < t->pcs)
		return 0;
	high = (t->pcs_end - t->pcs) / size;
	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		at = number(tid, t->pcs + mid * size + j->at[JAVA_PC_OFFSET]);
		if (at < offset)
			low = mid + 1;
		else
			high = mid;
	}
	at = number(tid, t->pcs + low * size + j->at[JAVA_PC_OFFSET]);
	if (t->pcs + low * size >= t->pcs_end || (exact && at != offset))
		return 0;
	at = number(tid, t->pcs + low * size + j->at[JAVA_PC_SCOPE]);
	return at > 0 ? (unsigned)at : 0;
}

struct scope {
	uint64_t method;
	int bci;
};

/* A scope: where its caller's is, its method's number, its index plus 1. */
static int read_scopes(const struct java *j, pid_t tid, const struct tables *t,
	uint32_t at, struct scope *scopes)
{
	int n = 0;

	while (at && n < SCOPES) {
		unsigned char bytes[15];
		uint32_t outer, method, bci;
		size_t i = 0;
		ssize_t have = mem_read(tid, t->scopes + at, bytes, 15);
		size_t size = have > 0 ? (size_t)have : 0;

		if (!java_number(bytes, size, j->excluded, &i, &outer) ||
			!java_number(bytes, size, j->excluded, &i, &method) ||
			!java_number(bytes, size, j->excluded, &i, &bci) ||
			!method)
			return 0;
		scopes[n].method =
			word(tid, t->metadata + 8 * ((uint64_t)method - 1));
		/* -1: before the first, to enter a monitor. */
		scopes[n++].bci = bci ? (int)(bci - 1) : 0;
		at = outer;
	}
	return n;
}

static int name_nmethod(const struct java *j, pid_t tid,
	const struct java_blob *b, const struct java_regs *r, bool innermost,
	struct frame *to, int max)
{
	uint64_t method = head_word(b, j->at[JAVA_NMETHOD_METHOD]);
	struct tables t = tables_of(j, b);
	struct scope scopes[SCOPES];
	int n, shown = 0;

	n = read_scopes(j, tid, &t,
		find_scope(j, tid, &t, (int)(r->pc - b->code), !innermost),
		scopes);
	/* The outermost is the method itself, or this is no such table. */
	if (!n || scopes[n - 1].method != method) {
		java_name_method(j, tid, method, -1, &to[0]);
		return 1;
	}
	for (; shown < n && shown < max; shown++)
		java_name_method(j, tid, scopes[shown].method,
			scopes[shown].bci, &to[shown]);
	return shown;
}

static void name_interpreted(const struct java *j, pid_t tid,
	const struct java_regs *r, struct frame *to)
{
	uint64_t method_at = r->fp + 8 * INTERPRETER_METHOD;
	uint64_t bcp_at = r->fp + 8 * INTERPRETER_BCP;
	uint64_t method = word(tid, method_at), bcp = word(tid, bcp_at);

	java_name_method(j, tid, method, java_bci(j, tid, method, bcp), to);
	to->told_at = bcp ? bcp_at : method_at;
}

int java_name(const struct java *j, pid_t tid, const struct java_blob *b,
	const struct java_regs *r, bool innermost, struct frame *to, int max)
{
	int n = 1;

	*to = (struct frame){ 0 };
	if (b->kind == JAVA_NMETHOD)
		n = name_nmethod(j, tid, b, r, innermost, to, max);
	else if (b->kind == JAVA_INTERPRETER)
		name_interpreted(j, tid, r, to);
	else
		text_show(b->name, to->shown, sizeof(to->shown));
	to[n - 1].ip = r->pc;
	to[n - 1].sp = r->sp;
	return n;
}

bool java_sender(pid_t tid, const struct java_blob *b, struct java_regs *r)
{
	struct java_regs outer;
	uint64_t top = r->fp + 16;

	if (b->frame > 0)
		top = r->sp + 8 * (uint64_t)b->frame;
	outer.pc = word(tid, top - 8);
	outer.fp = word(tid, top - 16);
	outer.sp = top;
	/* The callee may have pushed its caller's stack further. */
	if (b->kind == JAVA_INTERPRETER)
		outer.sp = word(tid, r->fp + 8 * INTERPRETER_SENDER_SP);
	if (outer.sp <= r->sp || outer.sp - r->sp > SENDER || !outer.pc)
		return false;
	*r = outer;
	return true;
}
