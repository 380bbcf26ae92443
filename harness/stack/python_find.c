/* SPDX-License-Identifier: MIT */
/* python_find.c: which CPython a module is, and how its structures lie. */
#include <string.h>

#include "stack/python.h"
#include "stack/symbols.h"
#include "sys/mem.h"

/* Include/internal/pycore_{runtime,interp,frame}.h, Include/cpython/{pystate,
 * code,unicodeobject}.h of 3.11 and 3.12; PyBytesObject is the same in both. */
static const struct python_layout layout_11 = {
	.interpreters = 40,
	.next_interpreter = 0,
	.threads = 16,
	.next_thread = 8,
	.thread_id = 152,
	.native_id = 160,
	.cframe = 56,
	.current = 8,
	.code = 32,
	.previous = 48,
	.instruction = 56,
	.is_entry = 68,
	.owner = 69,
	.filename = 112,
	.name = 128,
	.linetable = 136,
	.first_line = 72,
	.bytecode = 184,
	.bytes_size = 16,
	.bytes = 32,
	.state = 32,
	.length = 16,
	.ascii = 48,
	.compact = 72,
};

static const struct python_layout layout_12 = {
	.interpreters = 40,
	.next_interpreter = 0,
	.threads = 72,
	.next_thread = 8,
	.thread_id = 136,
	.native_id = 144,
	.cframe = 56,
	.current = 0,
	.code = 0,
	.previous = 8,
	.instruction = 56,
	.owner = 70,
	.filename = 112,
	.name = 128,
	.linetable = 136,
	.first_line = 68,
	.bytecode = 192,
	.bytes_size = 16,
	.bytes = 32,
	.state = 32,
	.length = 16,
	.ascii = 40,
	.compact = 56,
};

/* struct _Py_DebugOffsets, in words of 8 bytes. */
#define COOKIE	"xdebugpy"
#define OFFSETS 81
enum { COOKIE_AT, VERSION_AT, FREE_THREADED_AT };

/* Which of its words are which; ones that 3.14 put in between moved the rest.
 */
static struct python_layout layout_told(const uint64_t *w, unsigned minor)
{
	unsigned i = minor >= 14 ? 3 : 0;  /* behind the interpreter's */
	unsigned f = minor >= 14 ? 5 : 0;  /* behind the frame's */
	unsigned s = minor >= 14 ? 10 : 0; /* behind the code's and the set's */

	return (struct python_layout){
		.interpreters = w[5],
		.next_interpreter = w[8],
		.threads = w[9],
		.next_thread = w[21 + i],
		.current = w[23 + i],
		.thread_id = w[24 + i],
		.native_id = w[25 + i],
		.previous = w[29 + i],
		.code = w[30 + i],
		.instruction = w[31 + i],
		.owner = w[33 + i],
		.filename = w[35 + f],
		.name = w[37 + f],
		.linetable = w[38 + f],
		.first_line = w[39 + f],
		.bytecode = w[43 + f],
		.bytes_size = w[65 + s],
		.bytes = w[66 + s],
		.state = w[68 + s],
		.length = w[69 + s],
		.ascii = w[70 + s],
		.compact = w[70 + s] + 16,
		/* 3.14 without the GIL runs copies. */
		.no_lines = minor >= 14 && w[FREE_THREADED_AT],
	};
}

static bool tells_layout(
	pid_t tid, uint64_t runtime, struct python_layout *layout)
{
	uint64_t w[OFFSETS];
	unsigned minor;

	if (!mem_read_all(tid, runtime, w, sizeof(w)) ||
		memcmp(&w[COOKIE_AT], COOKIE, sizeof(*w)) != 0)
		return false;
	minor = (unsigned)(w[VERSION_AT] >> 16) & 0xff;
	*layout = layout_told(w, minor);
	return w[VERSION_AT] >> 24 == 3 && minor >= 13 && minor <= 14;
}

struct python python_find(Dwfl_Module *module, pid_t tid)
{
	uint64_t runtime = symbols_address(module, "_PyRuntime"), at;
	unsigned long version = 0;
	struct python py = { 0 };

	if (!runtime)
		return py;
	if (tells_layout(tid, runtime, &py.at)) {
		py.runtime = runtime;
		return py;
	}
	at = symbols_address(module, "Py_Version"); /* since 3.11 */
	if (!at || !mem_read_all(tid, at, &version, sizeof(version)))
		return py;
	if (version >> 16 != 0x30b && version >> 16 != 0x30c)
		return py;
	py.at = version >> 16 == 0x30b ? layout_11 : layout_12;
	py.runtime = runtime;
	return py;
}
