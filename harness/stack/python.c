/* SPDX-License-Identifier: MIT */
/* python.c: the frames of CPython, from memory. */
#include "stack/python.h"

#include <string.h>

#include "stack/symbols.h"
#include "sys/hash.h"
#include "sys/mem.h"
#include "sys/proc.h"
#include "sys/text.h"

#define INTERPRETERS 32
#define THREADS	     4096

static uint64_t word(pid_t tid, uint64_t at)
{
	uint64_t w = 0;

	return at && mem_read_all(tid, at, &w, sizeof(w)) ? w : 0;
}

static uint64_t frame_of(const struct python *py, pid_t tid, uint64_t thread)
{
	if (py->at.cframe)
		thread = word(tid, thread + py->at.cframe);
	return thread ? word(tid, thread + py->at.current) : 0;
}

/* The innermost frame of the thread of which the field AT is ID; 0: there is
 * none. A thread that is being made has the numbers of its maker, and no frame
 * yet. */
static uint64_t find_frame(
	const struct python *py, pid_t tid, uint64_t at, uint64_t id)
{
	uint64_t interpreter = word(tid, py->runtime + py->at.interpreters);

	for (int i = 0; interpreter && i < INTERPRETERS; i++) {
		uint64_t t = word(tid, interpreter + py->at.threads), frame;

		for (int n = 0; t && n < THREADS; n++) {
			frame = word(tid, t + at) == id ? frame_of(py, tid, t)
							: 0;
			if (frame)
				return frame;
			t = word(tid, t + py->at.next_thread);
		}
		interpreter = word(tid, interpreter + py->at.next_interpreter);
	}
	return 0;
}

static uint64_t current_frame(const struct python *py, pid_t tid, uint64_t tcb)
{
	uint64_t frame = 0;

	if (tcb)
		frame = find_frame(py, tid, py->at.thread_id, tcb);
	if (!frame)
		frame = find_frame(
			py, tid, py->at.native_id, (uint64_t)proc_own_tid(tid));
	return frame;
}

/* Since 3.12 a frame on the C stack parts one run of the loop from the next:
 * FRAME_OWNED_BY_CSTACK, and 3.14's FRAME_OWNED_BY_INTERPRETER. */
#define OWNED_BY_C 3

#define FRAME	   128 /* bytes of one, up to its locals */

/* The bytes that the field at OFFSET has; 0 where the offset is a lie. */
static uint64_t field(
	const unsigned char frame[FRAME], uint64_t offset, size_t size)
{
	uint64_t value = 0;

	if (offset < FRAME - 8)
		memcpy(&value, frame + offset, size);
	return value;
}

int python_frames(const struct python *py, pid_t tid, uint64_t tcb,
	struct python_frame *frames, int max)
{
	uint64_t at = current_frame(py, tid, tcb);
	unsigned char b[FRAME];
	int n = 0;

	for (int i = 0; at && n < max && i < 4 * PYTHON_FRAMES; i++) {
		struct python_frame *f = &frames[n];
		uint64_t here = at;

		if (!mem_read_all(tid, at, b, FRAME))
			break;
		at = field(b, py->at.previous, 8);
		if (!py->at.is_entry &&
			field(b, py->at.owner, 1) >= OWNED_BY_C) {
			if (n)
				frames[n - 1].entry = true;
			if (n)
				frames[n - 1].shim = here;
			continue;
		}
		f->code = field(b, py->at.code, 8) & ~(uint64_t)3;
		f->instruction = field(b, py->at.instruction, 8);
		f->entry = py->at.is_entry && field(b, py->at.is_entry, 1);
		f->shim = 0;
		n++;
	}
	return n;
}

uint64_t python_key(const struct python *py, pid_t tid, uint64_t tcb)
{
	struct python_frame frames[STACK_FRAMES];
	uint64_t key = HASH64;
	int n;

	if (!py->runtime)
		return 0;
	n = python_frames(py, tid, tcb, frames, STACK_FRAMES);
	for (int i = 0; i < n; i++) {
		key = hash64(key, &frames[i].code, 8);
		key = hash64(key, &frames[i].instruction, 8);
	}
	return key;
}

/* A character of UTF-8. */
static size_t encode(uint32_t c, char *to)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | (c >> 18 & 7));
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

#define CHARS 256

/* Of PyASCIIObject's state, behind the bits of "interned": two, or a byte where
 * there is no GIL. */
static bool is_text(uint32_t state, unsigned *kind, bool *ascii)
{
	*kind = state & 7;
	*ascii = state >> 4 & 1;
	return (state >> 3 & 1) && (*kind == 1 || *kind == 2 || *kind == 4) &&
	       (!*ascii || *kind == 1);
}

/* The last CHARS characters of the str at AT, as UTF-8; "": it is none. */
static void read_str(const struct python *py, pid_t tid, uint64_t at,
	char text[4 * CHARS + 1])
{
	uint64_t length = word(tid, at + py->at.length), skip;
	unsigned char bytes[4 * CHARS];
	uint32_t state = 0;
	size_t n = 0;
	unsigned kind;
	bool ascii;

	text[0] = '\0';
	if (!at || !length || length > 1 << 20 ||
		!mem_read_all(tid, at + py->at.state, &state, sizeof(state)) ||
		(!is_text(state >> 2, &kind, &ascii) &&
			!is_text(state >> 8, &kind, &ascii)))
		return;
	skip = length > CHARS ? length - CHARS : 0;
	at += (ascii ? py->at.ascii : py->at.compact) + skip * kind;
	if (!mem_read_all(tid, at, bytes, (length - skip) * kind))
		return;
	for (uint64_t i = 0; i < length - skip; i++) {
		uint32_t c = 0;

		memcpy(&c, bytes + i * kind, kind);
		n += encode(c, text + n);
	}
	text[n] = '\0';
}

/* InternalDocs/code_objects.md: an entry has a byte with the kind and how many
 * units of code it is for, and by its kind numbers of six bits a byte, of which
 * the first may be by how much the line changes. */
enum { ENTRY_ONE_LINE = 10, ENTRY_NO_COLUMNS = 13, ENTRY_LONG, ENTRY_NONE };

static int line_change(const unsigned char *entry, size_t n)
{
	int kind = entry[0] >> 3 & 15;
	unsigned value = 0, shift = 0;

	if (kind >= ENTRY_ONE_LINE && kind < ENTRY_NO_COLUMNS)
		return kind - ENTRY_ONE_LINE;
	if (kind != ENTRY_NO_COLUMNS && kind != ENTRY_LONG)
		return 0;
	for (size_t i = 1; i < n && shift < 30; i++, shift += 6) {
		value |= (entry[i] & 63u) << shift;
		if (!(entry[i] & 64))
			break;
	}
	return value & 1 ? -(int)(value >> 1) : (int)(value >> 1);
}

int python_line(const unsigned char *table, size_t n, int first, uint64_t unit)
{
	uint64_t end = 0;
	int line = first;

	for (size_t i = 0; i < n;) {
		size_t next = i + 1;

		while (next < n && !(table[next] & 0x80))
			next++;
		line += line_change(table + i, next - i);
		end += (table[i] & 7u) + 1;
		if (unit < end)
			return (table[i] >> 3 & 15) == ENTRY_NONE ? 0 : line;
		i = next;
	}
	return 0;
}

#define TABLE 65536 /* bytes; of a longer one the beginning */

static int line_of(
	const struct python *py, pid_t tid, const struct python_frame *f)
{
	static unsigned char table[TABLE];
	uint64_t at = word(tid, f->code + py->at.linetable);
	uint64_t size = word(tid, at + py->at.bytes_size);
	uint64_t start = f->code + py->at.bytecode;
	int first = 0;

	if (py->at.no_lines || !at || f->instruction < start ||
		!mem_read_all(tid, f->code + py->at.first_line, &first,
			sizeof(first)))
		return 0;
	size = size < TABLE ? size : TABLE;
	if (!mem_read_all(tid, at + py->at.bytes, table, size))
		return 0;
	return python_line(table, size, first, (f->instruction - start) / 2);
}

/* Of many a file called so the folder tells. */
static const char *file_of(const char *path)
{
	const char *base = symbols_base(path), *from = base;

	if (strcmp(base, "__init__.py") != 0 &&
		strcmp(base, "__main__.py") != 0)
		return base;
	if (from > path + 1)
		for (from -= 2; from > path && *from != '/';)
			from--;
	return *from == '/' ? from + 1 : from;
}

void python_name(const struct python *py, pid_t tid,
	const struct python_frame *f, struct frame *to)
{
	char text[4 * CHARS + 1];
	int line;

	memset(to, 0, sizeof(*to));
	to->script = true;
	read_str(py, tid, word(tid, f->code + py->at.filename), text);
	text_show(file_of(text), to->file, sizeof(to->file));
	read_str(py, tid, word(tid, f->code + py->at.name), text);
	text_show(text, to->shown, sizeof(to->shown));
	line = line_of(py, tid, f);
	to->line = line > 0 && to->file[0] ? line : 0;
}

bool python_is_loop(const char *function)
{
	return text_matches("_PyEval_EvalFrameDefault* _TAIL_CALL_*", function);
}
